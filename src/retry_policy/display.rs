//! Policies in messages.

use isales_client::{
    RetryPolicy,
    retry_policy::{Encoding, encode::encode_policy_json},
};

/// A policy as an error shows it, in the API's own form.
pub(super) fn shown(policy: &RetryPolicy) -> String {
    format!(
        "policyType {}, policyJson {}",
        policy.policy_type.number(),
        encode_policy_json(policy, Encoding::default())
    )
}

/// The same where there may be none.
pub(super) fn shown_or_none(policy: Option<&RetryPolicy>) -> String {
    policy.map_or_else(|| "no policy at all".to_owned(), shown)
}
