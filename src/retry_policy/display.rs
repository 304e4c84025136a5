//! Shows policies and names in messages.

use isales_client::{
    CampaignRef, RetryPolicy, printable,
    retry_policy::{Encoding, encode::encode_policy_json},
};

/// Maximum length of a policy in a message, in characters: about eighty elements.
const MAX_POLICY: usize = 4_000;

/// Maximum length of the name of a campaign, in characters.
const MAX_NAME: usize = 100;

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

/// Names the policy of a campaign in a list.
pub(super) fn display_name(campaign: CampaignRef, name: &str) -> String {
    format!("{} ({campaign})", printable(name, MAX_NAME))
}
