//! Reads a policy in every form in which a generation of the API may answer it.
//!
//! `policyJson` and `policy` may be JSON values or strings that hold JSON in either quote style; a
//! common policy stands in the element or under `policy`; integers may be strings, or decimals
//! without a fraction; names may come in other case or in snake case; `retryTimes` may have lost
//! its s; `noRetryPolicy` stands in the element or next to `policyJson`, as a list, as a string
//! that holds a list, or as a comma list, in brackets or not; and null, absent and empty are the
//! same.
//!
//! A form that leaves a doubt about the policy is refused with the place of the doubt: reading a
//! policy that the server does not have is worse than reading none.

mod codes;
mod element;
mod error;
mod fields;
mod forms;
mod lookalike;
mod reply;
mod unread;

use serde_json::{Map, Value};

pub(crate) use self::codes::split as split_codes;
use self::{
    codes::codes,
    element::elements,
    fields::{decoded, is_blank, is_spelling_of, member, missing, optional_integer, parse},
};
pub use self::{
    error::{DecodeError, DecodeProblem},
    fields::UnknownMembers,
    forms::{
        CodesForm, CommonLayoutForm, IntegerForm, JsonForm, NoRetryPlace, PolicyForms,
        PolicyMemberForm,
    },
    reply::{decode_data, decode_reply},
    unread::unread_members,
};
use super::model::{PolicyElement, PolicyType, RetryPolicy};
use crate::{parameter::ParameterPath, retry_policy::parameter::Parameter};

/// The retry policy of a campaign, as the query answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPolicy {
    /// `retryPolicyId`, if the server gives it.
    pub retry_policy_id: Option<String>,
    /// The policy, its names and codes spelled as the server spells them.
    pub policy: RetryPolicy,
}

/// Reads a `policyJson` string, as found in a request.
///
/// # Errors
///
/// [`DecodeError`] with the place of the first value that cannot be read; for text that is not
/// JSON with the byte at which reading stopped.
pub fn decode_policy_json(
    text: &str,
    unknown: UnknownMembers,
) -> Result<Vec<PolicyElement>, DecodeError> {
    let place = ParameterPath::default().parameter(Parameter::PolicyJson);
    let value = parse(text, &place)?;
    let value = decoded(&value, &place)?;
    elements(value.as_ref(), &place, unknown)
}

/// Reads an object that has a `policyJson`, or returns none if that is empty: then there is no
/// policy, whatever stands next to it.
fn document(data: &Map<String, Value>) -> Result<Option<StoredPolicy>, DecodeError> {
    let root = ParameterPath::default();
    let place = root.parameter(Parameter::PolicyJson);
    let policy_json = decoded(member(data, Parameter::PolicyJson, &root)?, &place)?;
    if is_blank(&policy_json) {
        return Ok(None);
    }
    let policy_type = policy_type(data)?
        .map(|number| PolicyType::from_number(number).ok_or_else(|| no_policy_type(number)))
        .transpose()?;
    let mut policy_json = elements(&policy_json, &place, UnknownMembers::Ignore)?;
    let policy_type = match policy_type {
        Some(policy_type) => policy_type,
        // A serializer that drops zeros drops this one too. Number types would show in the elements.
        None if policy_json
            .iter()
            .all(|element| element.data_type.is_none()) =>
        {
            PolicyType::Global
        }
        None => return Err(missing(root.parameter(Parameter::PolicyType))),
    };
    let codes = codes(data, &root)?;
    // Codes next to policyJson are for the whole policy, and the first element stands for it. A
    // copy in each would take the product of two lengths that the server chooses.
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

/// Reads `policyType`: a type, or -1 where there is no policy.
fn policy_type(data: &Map<String, Value>) -> Result<Option<i64>, DecodeError> {
    let root = ParameterPath::default();
    match optional_integer(&[data], Parameter::PolicyType, &root)? {
        Some(number) if number != -1 && PolicyType::from_number(number).is_none() => {
            Err(no_policy_type(number))
        }
        number => Ok(number),
    }
}

fn no_policy_type(number: i64) -> DecodeError {
    let place = ParameterPath::default().parameter(Parameter::PolicyType);
    fields::error(
        &place,
        DecodeProblem::Unexpected {
            expected: "0 or 1",
            found: number.to_string(),
        },
    )
}

/// Reads the ID, which is a string in every table; a number is accepted too.
fn retry_policy_id(data: &Map<String, Value>) -> Option<String> {
    let (_, id) = data
        .iter()
        .find(|(name, id)| is_spelling_of(name, "retryPolicyId") && !is_blank(id))?;
    match id {
        Value::String(id) => Some(id.trim().to_owned()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod renderings;
#[cfg(test)]
mod reply_tests;
#[cfg(test)]
mod tests;
