//! Generated retry policies.

use fastrand::Rng;

use super::model::{Policy, StoredPolicy};
use crate::{random::pick, store::Parts};

const POLICIES: [(i64, &str); 4] = [
    (0, "[{'type':0,'retryTimes':1,'retryDay':1}]"),
    (
        0,
        "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
    ),
    (
        1,
        "[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}}]",
    ),
    (
        1,
        "[{'dataType':'SI','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':600}]}]",
    ),
];

/// Gives a random half of the campaigns a policy.
pub(crate) fn generate(rng: &mut Rng, campaign_id: i64, parts: &mut Parts) {
    let (policy_type, policy_json) = pick(rng, &POLICIES);
    if !rng.bool() {
        return;
    }
    if let Ok(policy) = Policy::parse(policy_type, policy_json) {
        parts.insert(StoredPolicy {
            retry_policy_id: format!("made-up-{campaign_id}"),
            policy,
            policy_json: policy_json.to_owned(),
        });
    }
}
