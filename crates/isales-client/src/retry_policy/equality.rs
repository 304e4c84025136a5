//! Equality of policies by meaning.

use std::collections::BTreeSet;

use super::model::{PolicyElement, PolicyType, ResultCode, RetryPolicy, Rule};

/// Returns whether two policies have the same meaning.
///
/// The order of elements and of result entries is irrelevant. In a global policy, the codes of
/// `noRetryPolicy` apply to the whole policy regardless of their position: the query returns them in
/// an element or next to `policyJson`, depending on the generation of the API.
#[must_use]
pub fn equivalent(a: &RetryPolicy, b: &RetryPolicy) -> bool {
    Normal::of(a) == Normal::of(b)
}

/// A policy in normal form.
#[derive(PartialEq, Eq)]
struct Normal {
    policy_type: PolicyType,
    elements: Vec<PolicyElement>,
    no_retry_policy: BTreeSet<ResultCode>,
}

// === impl Normal ===

impl Normal {
    fn of(policy: &RetryPolicy) -> Self {
        let mut elements = policy.policy_json.clone();
        let mut no_retry_policy = BTreeSet::new();
        for element in &mut elements {
            if let Rule::Result(rules) = &mut element.rule {
                rules.sort_unstable();
            }
            if policy.policy_type == PolicyType::Global {
                no_retry_policy.append(&mut element.no_retry_policy);
            }
        }
        elements.sort_unstable();
        Self {
            policy_type: policy.policy_type,
            elements,
            no_retry_policy,
        }
    }
}
