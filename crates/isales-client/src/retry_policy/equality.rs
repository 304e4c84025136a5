//! Whether two policies mean the same.

use std::collections::BTreeSet;

use super::model::{PolicyElement, PolicyType, ResultCode, RetryPolicy, Rule};

/// Whether the two policies mean the same.
///
/// The order of elements and of result entries makes no difference. In a global policy the codes
/// of `noRetryPolicy` count for the whole policy, wherever they stand: the query answers them in
/// an element or beside `policyJson`, depending on the generation of the API.
#[must_use]
pub fn equivalent(a: &RetryPolicy, b: &RetryPolicy) -> bool {
    Normal::of(a) == Normal::of(b)
}

/// A policy without what makes no difference.
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
