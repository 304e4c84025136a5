//! Equality of policies by meaning.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    decode::split_codes,
    model::{DataType, PolicyElement, PolicyType, ResultCode, RetryPolicy, Rule},
};
use crate::text::composed;

/// Returns whether two policies have the same meaning.
///
/// The order of elements and of result entries is irrelevant. In a global policy, the codes of
/// `noRetryPolicy` apply to the whole policy regardless of their position: the query returns them in
/// an element or next to `policyJson`, depending on the generation of the API. Names and codes are
/// equal where Unicode says so: Terraform composes the accents of its strings, and a server need
/// not.
#[must_use]
pub fn equivalent(a: &RetryPolicy, b: &RetryPolicy) -> bool {
    Normal::of(a) == Normal::of(b)
}

/// Returns the policy with each name and code spelled as in the other policy, where Unicode calls
/// the two equal. A server that has the name already is then sent its own spelling.
#[must_use]
pub fn spelled_as(policy: &RetryPolicy, other: &RetryPolicy) -> RetryPolicy {
    let elements = &other.policy_json;
    let names: BTreeMap<_, _> = elements
        .iter()
        .filter_map(|element| element.data_type.as_ref())
        .map(|name| (composed(name.as_str()), name))
        .collect();
    let codes: BTreeMap<_, _> = elements
        .iter()
        .flat_map(|element| &element.no_retry_policy)
        .map(|code| (composed(code.as_str()), code))
        .collect();
    let name = |own: DataType| match names.get(&composed(own.as_str())) {
        Some(other) => DataType::clone(other),
        None => own,
    };
    let code = |own: ResultCode| match codes.get(&composed(own.as_str())) {
        Some(other) => ResultCode::clone(other),
        None => own,
    };
    let mut policy = policy.clone();
    for element in &mut policy.policy_json {
        element.data_type = element.data_type.take().map(name);
        let own = std::mem::take(&mut element.no_retry_policy);
        element.no_retry_policy = own.into_iter().map(code).collect();
    }
    policy
}

/// A policy in normal form.
#[derive(PartialEq, Eq)]
struct Normal {
    policy_type: PolicyType,
    elements: Vec<NormalElement>,
    no_retry_policy: BTreeSet<String>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct NormalElement {
    data_type: Option<String>,
    rule: Rule,
    no_retry_policy: BTreeSet<String>,
}

// === impl Normal ===

impl Normal {
    fn of(policy: &RetryPolicy) -> Self {
        let mut no_retry_policy = BTreeSet::new();
        let mut elements: Vec<_> = policy.policy_json.iter().map(NormalElement::of).collect();
        if policy.policy_type == PolicyType::Global {
            for element in &mut elements {
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

// === impl NormalElement ===

impl NormalElement {
    fn of(element: &PolicyElement) -> Self {
        let mut rule = element.rule.clone();
        if let Rule::Result(rules) = &mut rule {
            rules.sort_unstable();
        }
        // Names and codes as a reply is read: without blanks around them, and one code where a
        // server may take a separator for several.
        let name = |name: &DataType| composed(name.as_str().trim());
        let codes =
            |code: &ResultCode| split_codes(code.as_str()).map(composed).collect::<Vec<_>>();
        Self {
            data_type: element.data_type.as_ref().map(name),
            rule,
            no_retry_policy: element.no_retry_policy.iter().flat_map(codes).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retry_policy::examples::policies;

    /// A policy for a number type, or a global one with a code.
    fn policy(data_type: &str, code: &str) -> RetryPolicy {
        let [_, _, mut policy, _] = policies();
        for element in &mut policy.policy_json {
            element.data_type = DataType::new(data_type);
            element.no_retry_policy = ResultCode::new(code).into_iter().collect();
        }
        policy
    }

    #[test]
    fn names_and_codes_are_equal_where_unicode_says_so() {
        let composed = policy("Caf\u{e9}", "\u{c5}1");
        let decomposed = policy("Cafe\u{301}", "A\u{30a}1");
        assert_ne!(composed, decomposed);
        assert!(equivalent(&composed, &decomposed));
        let global = |mut policy: RetryPolicy| {
            policy.policy_type = PolicyType::Global;
            policy
        };
        assert!(equivalent(&global(composed.clone()), &global(decomposed)));
        for other in [policy("Cafe", "\u{c5}1"), policy("Caf\u{e9}", "A1")] {
            assert!(!equivalent(&composed, &other));
        }
        // Compatible is not equal.
        assert!(!equivalent(&policy("\u{fb01}", ""), &policy("fi", "")));
    }

    #[test]
    fn blanks_and_separators_are_equal_to_how_they_are_read_back() {
        assert!(equivalent(&policy("ST ", "002"), &policy("ST", "002")));
        let mut two = policy("ST", "002");
        two.policy_json[0]
            .no_retry_policy
            .extend(ResultCode::new("007"));
        assert!(equivalent(&policy("ST", "007,002"), &two));
    }

    #[test]
    fn the_spelling_of_the_server_is_kept() {
        let server = policy("Cafe\u{301}", "A\u{30a}1");
        let mut planned = policy("Caf\u{e9}", "\u{c5}1");
        planned.policy_json[0].rule = policies()[3].policy_json[0].rule.clone();
        let mut new = planned.policy_json[0].clone();
        new.data_type = DataType::new("\u{e9}t\u{e9}");
        planned.policy_json.push(new);
        let sent = spelled_as(&planned, &server);
        assert!(equivalent(&sent, &planned));
        assert_eq!(
            sent.policy_json[0].data_type,
            server.policy_json[0].data_type
        );
        assert_eq!(
            sent.policy_json[0].no_retry_policy,
            server.policy_json[0].no_retry_policy
        );
        assert_eq!(sent.policy_json[0].rule, planned.policy_json[0].rule);
        assert_eq!(
            sent.policy_json[1].data_type,
            planned.policy_json[1].data_type
        );
    }
}
