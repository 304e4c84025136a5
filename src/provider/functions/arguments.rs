//! Arguments that more than one function takes.

use crate::{
    isales::{RetryPolicy, policy::DraftError},
    provider::{
        places::attribute_path,
        retry_policy::{Element, draft, policy_json_type},
    },
    tf_provider::{
        conform::conform,
        function::{FunctionError, Parameter},
        model::{Attr, ConversionError, FromValue},
        types::Type,
        value::Value,
    },
};

/// `policy_json`, written as freely as in a resource: what is left out is null.
pub(in crate::provider) struct PolicyJson(Vec<Attr<Element>>);

impl FromValue for PolicyJson {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        FromValue::from_value(conform(value, &policy_json_type())?).map(Self)
    }
}

pub(super) fn policy_type_parameter() -> Parameter {
    Parameter {
        name: "policy_type",
        ty: Type::Number,
        nullable: false,
        description: "`0` for a global policy, `1` for matching by number type.",
    }
}

pub(super) fn policy_json_parameter() -> Parameter {
    Parameter {
        name: "policy_json",
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
        DraftError::Refused(findings) => {
            let sentences: Vec<_> = findings
                .iter()
                .map(|finding| format!("{}: {}", attribute_path(&finding.place), finding.detail))
                .collect();
            let about_type = findings
                .iter()
                .all(|finding| attribute_path(&finding.place).to_string() == "policy_type");
            FunctionError::argument(usize::from(!about_type), sentences.join("\n"))
        }
        DraftError::Unfinished => FunctionError::argument(1, error.to_string()),
    })
}
