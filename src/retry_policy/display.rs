//! Shows policies in messages.

use isales_client::{
    RetryPolicy,
    retry_policy::{Encoding, encode::encode_policy_json},
};

/// Shows a policy in the API's own format.
pub(super) fn shown(policy: &RetryPolicy) -> String {
    format!(
        "policyType {}, policyJson {}",
        policy.policy_type.number(),
        encode_policy_json(policy, Encoding::default())
    )
}

/// Shows a policy, or says that there is none.
pub(super) fn shown_or_none(policy: Option<&RetryPolicy>) -> String {
    policy.map_or_else(|| "no policy at all".to_owned(), shown)
}
