//! Shows policies in messages.

use isales_client::{
    RetryPolicy, printable,
    retry_policy::{Encoding, encode::encode_policy_json},
};

/// Maximum length of a policy in a message, in characters: about eighty elements.
const MAX_POLICY: usize = 4_000;

/// Shows a policy in the API's own format.
pub(super) fn shown(policy: &RetryPolicy) -> String {
    format!(
        "policyType {}, policyJson {}",
        policy.policy_type.number(),
        printable(&encode_policy_json(policy, Encoding::default()), MAX_POLICY)
    )
}

/// Shows a policy, or says that there is none.
pub(super) fn shown_or_none(policy: Option<&RetryPolicy>) -> String {
    policy.map_or_else(|| "no policy at all".to_owned(), shown)
}
