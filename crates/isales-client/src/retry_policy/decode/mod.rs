//! Reads a policy in every form in which a generation of the API may answer it.
//!
//! `policyJson` and `policy` may be JSON values or strings that hold JSON in either quote style; a
//! common policy stands in the element or under `policy`; integers may be strings; `retryTimes`
//! may have lost its s; `noRetryPolicy` stands in the element or beside `policyJson`, as a list,
//! as a string that holds a list, or as a comma list, in brackets or not; and null, absent and
//! empty are the same.

mod codes;
mod fields;

use serde_json::{Map, Value};

use self::{
    codes::codes,
    fields::{entries, integer, is_empty, member, parse, unexpected, unfold},
};
use super::{
    model::{
        CommonRule, DataType, PolicyElement, PolicyType, ResultRule, RetryPolicy, Rule, RuleType,
    },
    pseudo_json::{SyntaxError, Tolerance},
};
use crate::{parameter::ParameterPath, retry_policy::parameter::Parameter};

/// What the query answers for a campaign that has a retry policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPolicy {
    /// `retryPolicyId`, if the server tells it.
    pub retry_policy_id: Option<String>,
    /// The policy.
    pub policy: RetryPolicy,
}

/// A policy that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", name_of(.place))]
pub struct DecodeError {
    /// Where in the document.
    pub place: ParameterPath,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

/// The place in words: the document as a whole is what replies hold as `data`.
fn name_of(place: &ParameterPath) -> String {
    if place.0.is_empty() {
        "data".to_owned()
    } else {
        place.to_string()
    }
}

/// What is wrong with a part of a policy document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    /// A string that should hold JSON does not.
    #[error("not JSON: {0}")]
    Syntax(SyntaxError),
    /// A value that the document cannot do without.
    #[error("missing")]
    Missing,
    /// A value of another kind than expected.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What should stand here.
        expected: &'static str,
        /// The kind of what stands here, or a short number.
        found: String,
    },
}

/// Reads the `data` of a query's reply (API reference, query of the retry policy).
///
/// None means that the campaign has no policy: `data` or `policyJson` is null, absent or empty.
///
/// # Errors
///
/// [`DecodeError`] with the place of the first value that cannot be read.
pub fn decode_data(data: &Value) -> Result<Option<StoredPolicy>, DecodeError> {
    let root = ParameterPath::default();
    let data = match data {
        Value::Object(data) => data,
        empty if is_empty(empty) => return Ok(None),
        other => return Err(unexpected(&root, "an object", other)),
    };
    let place = root.parameter(Parameter::PolicyJson);
    let policy_json = unfold(
        member(data, Parameter::PolicyJson),
        &place,
        Tolerance::Quotes,
    )?;
    if is_empty(&policy_json) {
        // No policy, unless what stands beside it shows that the reply is not to be trusted.
        return match member(data, Parameter::PolicyType) {
            empty if is_empty(empty) => Ok(None),
            _ => policy_type(data, &root).map(|_| None),
        };
    }
    let policy_type = policy_type(data, &root)?;
    let mut policy_json = elements(&policy_json, &place, Tolerance::Quotes)?;
    let codes = codes(data, &root, Tolerance::Quotes)?;
    // Codes beside policyJson are for the whole policy, and the first element stands for it. A copy
    // in each would take the product of two lengths that the server chooses.
    if let Some(first) = policy_json.first_mut() {
        first.no_retry_policy.extend(codes);
    }
    Ok(Some(StoredPolicy {
        retry_policy_id: retry_policy_id(data),
        policy: RetryPolicy {
            policy_type,
            policy_json,
        },
    }))
}

fn policy_type(data: &Map<String, Value>, root: &ParameterPath) -> Result<PolicyType, DecodeError> {
    let number = integer(data, Parameter::PolicyType, root)?;
    PolicyType::from_number(number).ok_or_else(|| DecodeError {
        place: root.parameter(Parameter::PolicyType),
        problem: DecodeProblem::Unexpected {
            expected: "0 or 1",
            found: number.to_string(),
        },
    })
}

/// Reads a `policyJson` string, as found in a request or a reply.
///
/// # Errors
///
/// [`DecodeError`] with the place of the first value that cannot be read; for text that is not
/// JSON with the byte at which reading stopped.
pub fn decode_policy_json(
    text: &str,
    tolerance: Tolerance,
) -> Result<Vec<PolicyElement>, DecodeError> {
    let place = ParameterPath::default().parameter(Parameter::PolicyJson);
    let value = parse(text, &place, tolerance)?;
    elements(&value, &place, tolerance)
}

fn elements(
    value: &Value,
    place: &ParameterPath,
    tolerance: Tolerance,
) -> Result<Vec<PolicyElement>, DecodeError> {
    entries(value, place, |object, place| {
        element(object, place, tolerance)
    })
}

fn element(
    object: &Map<String, Value>,
    place: &ParameterPath,
    tolerance: Tolerance,
) -> Result<PolicyElement, DecodeError> {
    let data_type = match member(object, Parameter::DataType) {
        Value::Null => None,
        Value::String(name) => DataType::new(name.as_str()),
        other => {
            let place = place.parameter(Parameter::DataType);
            return Err(unexpected(&place, "a string", other));
        }
    };
    let rule_type = integer(object, Parameter::Type, place)?;
    let policy_place = place.parameter(Parameter::Policy);
    let policy = unfold(member(object, Parameter::Policy), &policy_place, tolerance)?;
    let rule = match RuleType::from_number(rule_type) {
        Some(RuleType::Common) => common_rule(object, &policy, place).map(Rule::Common)?,
        Some(RuleType::Result) if is_empty(&policy) => Rule::Result(Vec::new()),
        Some(RuleType::Result) => Rule::Result(entries(&policy, &policy_place, result_rule)?),
        None => {
            return Err(DecodeError {
                place: place.parameter(Parameter::Type),
                problem: DecodeProblem::Unexpected {
                    expected: "0 or 1",
                    found: rule_type.to_string(),
                },
            });
        }
    };
    Ok(PolicyElement {
        data_type,
        rule,
        no_retry_policy: codes(object, place, tolerance)?,
    })
}

/// Reads a common policy from the object under `policy`, or from the element itself where nothing
/// of it stands there.
fn common_rule(
    element: &Map<String, Value>,
    policy: &Value,
    place: &ParameterPath,
) -> Result<CommonRule, DecodeError> {
    let policy_place = place.parameter(Parameter::Policy);
    let tells = |object, parameter| !is_empty(member(object, parameter));
    let (object, place) = match policy {
        Value::Object(object)
            if tells(object, Parameter::RetryTimes) || tells(object, Parameter::RetryDay) =>
        {
            (object, &policy_place)
        }
        Value::Object(_) => (element, place),
        empty if is_empty(empty) => (element, place),
        other => return Err(unexpected(&policy_place, "an object", other)),
    };
    Ok(CommonRule {
        retry_times: integer(object, Parameter::RetryTimes, place)?,
        retry_day: integer(object, Parameter::RetryDay, place)?,
    })
}

fn result_rule(
    object: &Map<String, Value>,
    place: &ParameterPath,
) -> Result<ResultRule, DecodeError> {
    Ok(ResultRule {
        result: integer(object, Parameter::Result, place)?,
        retry_number: integer(object, Parameter::RetryNumber, place)?,
        call_interval: integer(object, Parameter::CallInterval, place)?,
    })
}

/// The ID, which is a string in every table; a number is taken too.
fn retry_policy_id(data: &Map<String, Value>) -> Option<String> {
    match data.get("retryPolicyId")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
