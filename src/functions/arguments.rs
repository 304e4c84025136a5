//! Arguments that more than one function takes.

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

/// `policy_json`, written as freely as in a resource: what is left out is null.
pub(crate) struct PolicyJson(Vec<Attr<Element>>);

impl FromValue for PolicyJson {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        // Errors name the place as the rules do, from the parameter on.
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
        // Any: an object type would ask for every attribute to be written.
        ty: Type::Dynamic,
        nullable: false,
        description: "The elements of the policy, as `policy_json` of `isales_retry_policy` \
                      takes them.",
    }
}

/// The policy of the first two arguments, `policy_type` and `policy_json`.
///
/// # Errors
/// What the API would refuse, on the argument concerned.
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

/// Terraform shows an error at one argument. A wrong type goes first: by the right one, the rest
/// is judged otherwise.
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
