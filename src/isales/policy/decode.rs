//! Reads a policy in every form in which a generation of the API may answer it.
//!
//! `policyJson` and `policy` may be JSON values or strings that hold JSON in either quote style; a
//! common policy stands in the element or under `policy`; integers may be strings; `retryTimes`
//! may have lost its s; `noRetryPolicy` stands in the element or beside `policyJson`, as a list,
//! as a string that holds a list, or as a comma list; and null, absent and empty are the same.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::{Map, Value};

use super::{
    lenient::{self, SyntaxError, Tolerance},
    model::{
        CommonRule, DataType, PolicyElement, PolicyType, ResultCode, ResultRule, RetryPolicy, Rule,
        RuleType,
    },
};
use crate::isales::parameter::{Parameter, Place};

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
    pub place: Place,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

/// The place in words: the document as a whole is what replies hold as `data`.
fn name_of(place: &Place) -> String {
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
    let root = Place::default();
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
    // Codes beside policyJson are for the whole policy. In a global policy it makes no difference
    // which element holds them; in the other kind every element does.
    let holders = match policy_type {
        PolicyType::Global => 1,
        PolicyType::NumberType => policy_json.len(),
    };
    for element in policy_json.iter_mut().take(holders) {
        element.no_retry_policy.extend(codes.iter().cloned());
    }
    Ok(Some(StoredPolicy {
        retry_policy_id: retry_policy_id(data),
        policy: RetryPolicy {
            policy_type,
            policy_json,
        },
    }))
}

fn policy_type(data: &Map<String, Value>, root: &Place) -> Result<PolicyType, DecodeError> {
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
    let place = Place::default().parameter(Parameter::PolicyJson);
    let value = parse(text, &place, tolerance)?;
    elements(&value, &place, tolerance)
}

fn elements(
    value: &Value,
    place: &Place,
    tolerance: Tolerance,
) -> Result<Vec<PolicyElement>, DecodeError> {
    entries(value, place, |object, place| {
        element(object, place, tolerance)
    })
}

fn element(
    object: &Map<String, Value>,
    place: &Place,
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

/// Reads a common policy from the object under `policy`, or else from the element itself.
fn common_rule(
    element: &Map<String, Value>,
    policy: &Value,
    place: &Place,
) -> Result<CommonRule, DecodeError> {
    let policy_place = place.parameter(Parameter::Policy);
    let (object, place) = match policy {
        empty if is_empty(empty) => (element, place),
        Value::Object(object) => (object, &policy_place),
        other => return Err(unexpected(&policy_place, "an object", other)),
    };
    Ok(CommonRule {
        retry_times: integer(object, Parameter::RetryTimes, place)?,
        retry_day: integer(object, Parameter::RetryDay, place)?,
    })
}

fn result_rule(object: &Map<String, Value>, place: &Place) -> Result<ResultRule, DecodeError> {
    Ok(ResultRule {
        result: integer(object, Parameter::Result, place)?,
        retry_number: integer(object, Parameter::RetryNumber, place)?,
        call_interval: integer(object, Parameter::CallInterval, place)?,
    })
}

fn codes(
    object: &Map<String, Value>,
    place: &Place,
    tolerance: Tolerance,
) -> Result<BTreeSet<ResultCode>, DecodeError> {
    let place = place.parameter(Parameter::NoRetryPolicy);
    let value = match member(object, Parameter::NoRetryPolicy) {
        Value::String(text) if text.trim_start().starts_with('[') => {
            Cow::Owned(parse(text, &place, tolerance)?)
        }
        other => Cow::Borrowed(other),
    };
    match value.as_ref() {
        Value::Null => Ok(BTreeSet::new()),
        Value::String(list) => Ok(list
            .split(',')
            .filter_map(|code| ResultCode::new(code.trim()))
            .collect()),
        Value::Array(entries) => entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| match entry {
                Value::Null => None,
                Value::String(code) => ResultCode::new(code.as_str()).map(Ok),
                Value::Number(number) => ResultCode::new(number.to_string()).map(Ok),
                other => Some(Err(unexpected(&place.index(index), "a string", other))),
            })
            .collect(),
        other => Err(unexpected(&place, "a list of strings", other)),
    }
}

/// The ID, which is a string in every table; a number is taken too.
fn retry_policy_id(data: &Map<String, Value>) -> Option<String> {
    match data.get("retryPolicyId")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Reads the objects of a list, each with its place.
fn entries<T>(
    value: &Value,
    place: &Place,
    mut read: impl FnMut(&Map<String, Value>, &Place) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let Value::Array(entries) = value else {
        return Err(unexpected(place, "a list", value));
    };
    entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let place = place.index(index);
            match entry {
                Value::Object(object) => read(object, &place),
                other => Err(unexpected(&place, "an object", other)),
            }
        })
        .collect()
}

fn integer(
    object: &Map<String, Value>,
    parameter: Parameter,
    place: &Place,
) -> Result<i64, DecodeError> {
    let place = place.parameter(parameter);
    let value = member(object, parameter);
    let number = match value {
        Value::Null => {
            return Err(DecodeError {
                place,
                problem: DecodeProblem::Missing,
            });
        }
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| unexpected(&place, "an integer", value))
}

/// The value of a parameter; null if there is none. `retryTimes` is also looked for without its
/// s, as the newest table of the API spells it.
fn member(object: &Map<String, Value>, parameter: Parameter) -> &Value {
    let value = object.get(parameter.api_name());
    let value = match parameter {
        Parameter::RetryTimes => value.or_else(|| object.get("retryTime")),
        _ => value,
    };
    value.unwrap_or(&Value::Null)
}

/// Decodes a string that holds JSON; any other value is taken as it is.
fn unfold<'a>(
    value: &'a Value,
    place: &Place,
    tolerance: Tolerance,
) -> Result<Cow<'a, Value>, DecodeError> {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            parse(text, place, tolerance).map(Cow::Owned)
        }
        other => Ok(Cow::Borrowed(other)),
    }
}

fn parse(text: &str, place: &Place, tolerance: Tolerance) -> Result<Value, DecodeError> {
    lenient::parse(text, tolerance).map_err(|error| DecodeError {
        place: place.clone(),
        problem: DecodeProblem::Syntax(error),
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(entries) => entries.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Tells the kind of what was found, not its content, which may be long or anything at all.
fn unexpected(place: &Place, expected: &'static str, found: &Value) -> DecodeError {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    DecodeError {
        place: place.clone(),
        problem: DecodeProblem::Unexpected {
            expected,
            found: found.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests;
