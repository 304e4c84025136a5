//! Arguments that several functions share.

use isales_client::{
    RetryPolicy,
    retry_policy::{DraftError, Finding},
};
use tfplugin::{
    function::{FunctionError, Parameter},
    model::{Attr, FromValue},
    path::{AttributePath, Step},
    value::convert,
    value::types::Type,
    value::{ConversionError, Value},
};

use crate::{
    attribute_paths::attribute_path,
    retry_policy::{Element, draft, policy_json_type},
};

const POLICY_TYPE: &str = "policy_type";
const POLICY_JSON: &str = "policy_json";

/// `policy_json`, where optional attributes may be omitted as in a resource.
pub(crate) struct PolicyJson(Vec<Attr<Element>>);

impl FromValue for PolicyJson {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        // Paths in errors begin with the parameter, as those of the rules do.
        convert(value, &policy_json_type())
            .and_then(FromValue::from_value)
            .map(Self)
            .map_err(|error| error.under(Step::Attribute(POLICY_JSON.to_owned())))
    }
}

pub(super) fn policy_type_parameter() -> Parameter {
    Parameter {
        name: POLICY_TYPE,
        ty: Type::Number,
        nullable: false,
        description: "`0` for a global policy, `1` for matching by number type.",
    }
}

pub(super) fn policy_json_parameter() -> Parameter {
    Parameter {
        name: POLICY_JSON,
        // An object type would require every attribute to be written.
        ty: Type::Dynamic,
        nullable: false,
        description: "The elements of the policy, as in `policy_json` of \
                      `isales_retry_policy`.",
    }
}

/// Builds the policy from the first two arguments, `policy_type` and `policy_json`.
///
/// # Errors
/// Violations of the API's rules, on the argument concerned.
pub(super) fn policy(
    policy_type: i64,
    policy_json: PolicyJson,
) -> Result<RetryPolicy, FunctionError> {
    let draft = draft(&Attr::Known(policy_type), &Attr::Known(policy_json.0));
    RetryPolicy::try_from(&draft).map_err(|error| match error {
        DraftError::Refused(findings) => refused(&findings),
        DraftError::Unfinished => FunctionError::argument(1, error.to_string()),
    })
}

/// Converts findings into one error. Terraform shows it at one argument, so errors in `policy_type`
/// come first: other findings depend on it.
fn refused(findings: &[Finding]) -> FunctionError {
    let about_type: Vec<_> = findings
        .iter()
        .filter(|finding| attribute_path(&finding.place) == AttributePath::attribute(POLICY_TYPE))
        .map(|finding| finding.detail.as_str())
        .collect();
    if !about_type.is_empty() {
        return FunctionError::argument(0, about_type.join("\n"));
    }
    let sentences: Vec<_> = findings
        .iter()
        .map(|finding| format!("{}: {}", attribute_path(&finding.place), finding.detail))
        .collect();
    FunctionError::argument(1, sentences.join("\n"))
}
