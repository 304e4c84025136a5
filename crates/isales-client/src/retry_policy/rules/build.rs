//! Converts a draft into the typed policy.

use super::{
    check::check,
    draft::{Draft, DraftElement, DraftResult, DraftValue},
    finding::{Finding, Severity},
};
use crate::retry_policy::model::{
    CommonRule, DataType, PolicyElement, PolicyType, ResultCode, ResultRule, RetryPolicy, Rule,
    RuleType,
};

/// A draft that cannot be converted into a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The draft breaks rules.
    #[error("{}", sentences(.0))]
    Refused(Vec<Finding>),
    /// A value is not known yet.
    #[error("The retry policy contains a value that is not known yet.")]
    Unfinished,
}

fn sentences(findings: &[Finding]) -> String {
    let details: Vec<&str> = findings
        .iter()
        .map(|finding| finding.detail.as_str())
        .collect();
    details.join(" ")
}

impl TryFrom<&Draft> for RetryPolicy {
    type Error = DraftError;

    /// Fails on errors and on values that are not known yet, but not on warnings.
    fn try_from(draft: &Draft) -> Result<Self, DraftError> {
        let mut findings = check(draft);
        findings.retain(|finding| finding.severity == Severity::Error);
        if !findings.is_empty() {
            return Err(DraftError::Refused(findings));
        }
        // A draft without errors can lack nothing else.
        Self::without_validation(draft).ok_or(DraftError::Unfinished)
    }
}

impl RetryPolicy {
    /// Converts a draft without validation: a server may store a policy that violates the rules.
    /// Returns `None` if a value is missing or not known yet.
    #[must_use]
    pub fn without_validation(draft: &Draft) -> Option<Self> {
        Some(Self {
            policy_type: PolicyType::from_number(*draft.policy_type.value()?)?,
            policy_json: known(&draft.policy_json, element)?,
        })
    }
}

fn element(draft: &DraftElement) -> Option<PolicyElement> {
    let rule_type = RuleType::from_number(*draft.r#type.value()?)?;
    // An unknown value that does not belong to the type may still turn out to be set.
    let is_open = match rule_type {
        RuleType::Common => !draft.policy.is_null(),
        RuleType::Result => !draft.retry_times.is_null() || !draft.retry_day.is_null(),
    };
    if is_open {
        return None;
    }
    let rule = match rule_type {
        RuleType::Common => Rule::Common(CommonRule {
            retry_times: *draft.retry_times.value()?,
            retry_day: *draft.retry_day.value()?,
        }),
        RuleType::Result => Rule::Result(known(&draft.policy, result)?),
    };
    let data_type = match &draft.data_type {
        DraftValue::Null => None,
        DraftValue::Unknown => return None,
        DraftValue::Known(name) => Some(DataType::new(name.as_str())?),
    };
    let codes = match &draft.no_retry_policy {
        DraftValue::Null => Vec::new(),
        given => known(given, |code| ResultCode::new(code.as_str()))?,
    };
    Some(PolicyElement {
        data_type,
        rule,
        no_retry_policy: codes.into_iter().collect(),
    })
}

fn result(draft: &DraftResult) -> Option<ResultRule> {
    Some(ResultRule {
        result: *draft.result.value()?,
        retry_number: *draft.retry_number.value()?,
        call_interval: *draft.call_interval.value()?,
    })
}

fn known<T, U>(
    list: &DraftValue<Vec<DraftValue<T>>>,
    read: impl Fn(&T) -> Option<U>,
) -> Option<Vec<U>> {
    list.value()?
        .iter()
        .map(|entry| read(entry.value()?))
        .collect()
}
