//! The policies that a trial sets. They are mild, because a running campaign may use one of them for
//! seconds.

use std::collections::BTreeSet;

use isales_client::{
    RetryPolicy,
    retry_policy::{CommonRule, DataType, PolicyElement, PolicyType, ResultCode, ResultRule, Rule},
};

use super::form::Form;

/// `result` in every example of the API reference, which lists no others.
const DOCUMENTED_RESULT: i64 = 4;

/// Attempts per day and days. No number of days occurs twice, so that a server that changes the
/// attempts is seen to keep something new each time.
const COMMON: [(i64, i64); 8] = [
    (2, 1),
    (3, 2),
    (2, 3),
    (3, 4),
    (2, 5),
    (3, 6),
    (2, 7),
    (3, 8),
];

/// Numbers of further calls, and their delay. The examples of the reference have 60 and 600.
const RESULTS: [(i64, i64); 4] = [(3, 60), (2, 600), (1, 120), (2, 300)];

/// What the server offers to write policies with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Material {
    /// Names of number types; without any, no policy per number type can be set.
    pub(super) number_types: Vec<DataType>,
    /// Codes of call results; without any, `noRetryPolicy` cannot be tried.
    pub(super) codes: BTreeSet<ResultCode>,
    /// `result` of the policy that the campaign has, if it is one by result.
    pub(super) result: Option<i64>,
}

// === impl Material ===

impl Material {
    /// How many number types and codes one policy uses: two, so that a server that keeps only the
    /// first is found.
    pub(super) const USED: usize = 2;

    /// Returns whether there is what the form needs.
    pub(super) fn suffices_for(&self, form: Form) -> bool {
        match form {
            Form::GlobalCommon | Form::GlobalResult => true,
            Form::GlobalCodes => !self.codes.is_empty(),
            Form::TypedCommon | Form::TypedResult => !self.number_types.is_empty(),
        }
    }

    /// Returns a policy of the form that has no rule in common with `others`, so that it differs from
    /// them even if the server keeps only a part of it.
    pub(super) fn policy(&self, form: Form, others: &[Option<RetryPolicy>]) -> RetryPolicy {
        let rules = |policy: &RetryPolicy| {
            let elements = policy.policy_json.iter();
            elements
                .map(|element| element.rule.clone())
                .collect::<Vec<_>>()
        };
        let known: Vec<Rule> = others.iter().flatten().flat_map(rules).collect();
        let is_new = |policy: &RetryPolicy| rules(policy).iter().all(|rule| !known.contains(rule));
        let mut candidates = (0..COMMON.len().max(RESULTS.len())).map(|index| self.at(form, index));
        // The first stands in if there is no other, which the few writes of a trial do not reach.
        candidates.find(is_new).unwrap_or_else(|| self.at(form, 0))
    }

    fn at(&self, form: Form, index: usize) -> RetryPolicy {
        let (retry_times, retry_day) = at(&COMMON, index);
        let (retry_number, call_interval) = at(&RESULTS, index);
        let common = Rule::Common(CommonRule {
            retry_times,
            retry_day,
        });
        let result = Rule::Result(vec![ResultRule {
            result: self.result.unwrap_or(DOCUMENTED_RESULT),
            retry_number,
            call_interval,
        }]);
        let element = |data_type, rule: &Rule, codes| PolicyElement {
            data_type,
            rule: rule.clone(),
            no_retry_policy: codes,
        };
        let global = |rule, codes| vec![element(None, rule, codes)];
        let typed = |rule: &Rule| {
            let names = self.number_types.iter().take(Self::USED);
            names
                .map(|name| element(Some(name.clone()), rule, BTreeSet::new()))
                .collect()
        };
        let policy_json = match form {
            Form::GlobalCommon => global(&common, BTreeSet::new()),
            Form::GlobalResult => global(&result, BTreeSet::new()),
            Form::GlobalCodes => {
                let codes = self.codes.iter().take(Self::USED).cloned();
                global(&common, codes.collect())
            }
            Form::TypedCommon => typed(&common),
            Form::TypedResult => typed(&result),
        };
        RetryPolicy {
            policy_type: form.policy_type(),
            policy_json,
        }
    }
}

/// Returns the policy that is left on a campaign without one: example 1 of the API reference.
pub(super) fn left_policy() -> RetryPolicy {
    let rule = Rule::Common(CommonRule {
        retry_times: 1,
        retry_day: 1,
    });
    RetryPolicy {
        policy_type: PolicyType::Global,
        policy_json: vec![PolicyElement {
            data_type: None,
            rule,
            no_retry_policy: BTreeSet::new(),
        }],
    }
}

/// Returns the entry at an index, from the beginning again after the last.
fn at(entries: &[(i64, i64)], index: usize) -> (i64, i64) {
    entries
        .get(index % entries.len())
        .copied()
        .unwrap_or_default()
}
