//! Recognizes parts of a retry policy that stand where none belongs.

use serde_json::Value;

use super::fields::{is_blank, is_name_of, is_spelling_of};
use crate::{retry_policy::parameter::Parameter, whole_number::integer_of};

/// Members that may stand next to a policy, and are none.
const HARMLESS: [&str; 5] = [
    "retryPolicyId",
    "policyType",
    "busiPolicy",
    "campaignId",
    "vdnId",
];

/// Parameters that only a policy has.
const MARKS: [Parameter; 6] = [
    Parameter::PolicyJson,
    Parameter::RetryTimes,
    Parameter::RetryDay,
    Parameter::RetryNumber,
    Parameter::CallInterval,
    Parameter::NoRetryPolicy,
];

/// Returns whether a member may stand next to a policy without being a part of it.
pub(crate) fn is_harmless(name: &str) -> bool {
    HARMLESS
        .iter()
        .any(|harmless| is_spelling_of(name, harmless))
}

/// Returns whether a member is a parameter that only a policy has.
pub(crate) fn is_mark(name: &str) -> bool {
    MARKS.iter().any(|mark| is_name_of(name, *mark))
}

/// Returns whether nothing is set: blank, or what servers write for a number or a list that is not set.
pub(crate) fn is_unset(value: &Value) -> bool {
    is_blank(value)
        || matches!(value, Value::Bool(false))
        || matches!(integer_of(value), Some(0 | -1))
        || matches!(value, Value::String(text) if matches!(text.trim(), "[]" | "{}"))
}

/// Returns whether a member with members of its own is named like a policy.
pub(crate) fn is_named_like_a_policy(name: &str, value: &Value) -> bool {
    let name = name.to_ascii_lowercase();
    let holds_members = match value {
        Value::Array(_) | Value::Object(_) => true,
        Value::String(text) => text.trim_start().starts_with(['{', '[']),
        _ => false,
    };
    holds_members && (name.contains("policy") || name.contains("retry"))
}

/// Returns whether broken JSON names a parameter that only a policy has.
pub(crate) fn names_a_mark(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    MARKS
        .iter()
        .any(|mark| text.contains(&mark.api_name().to_ascii_lowercase()))
}
