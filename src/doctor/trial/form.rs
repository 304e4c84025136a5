//! The documented forms of a retry policy, and the questions that a trial asks the server.

use std::fmt;

use isales_client::{
    RetryPolicy,
    retry_policy::{CommonPolicyLayout, Encoding, PolicyType, Quotes, Rule},
};

use super::write::Answer;

/// A documented form of a retry policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    /// `policyType` 0, `type` 0.
    GlobalCommon,
    /// `policyType` 0, `type` 1.
    GlobalResult,
    /// `policyType` 0 with `noRetryPolicy`.
    GlobalCodes,
    /// `policyType` 1, `type` 0.
    TypedCommon,
    /// `policyType` 1, `type` 1.
    TypedResult,
}

/// The place of a common policy's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Layout {
    Flat,
    Nested,
}

/// The way in which a policy is written. Without a common policy, there is no layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Writing {
    pub(super) quotes: Quotes,
    pub(super) layout: Option<Layout>,
}

/// A question: does the server take this form, written in this way, and keep it? The form is none
/// for the policy that the campaign has, whatever that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) form: Option<Form>,
    pub(super) policy_type: PolicyType,
    pub(super) writing: Writing,
}

/// A question with the policy that was sent and the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    pub(super) question: Question,
    pub(super) sent: RetryPolicy,
    pub(super) answer: Answer,
}

// === impl Form ===

impl Form {
    pub(super) const ALL: [Self; 5] = [
        Self::GlobalCommon,
        Self::GlobalResult,
        Self::GlobalCodes,
        Self::TypedCommon,
        Self::TypedResult,
    ];

    pub(super) const fn policy_type(self) -> PolicyType {
        match self {
            Self::GlobalCommon | Self::GlobalResult | Self::GlobalCodes => PolicyType::Global,
            Self::TypedCommon | Self::TypedResult => PolicyType::NumberType,
        }
    }

    /// Returns whether the form has a common policy, which stands in one of two places.
    pub(super) const fn has_layout(self) -> bool {
        !matches!(self, Self::GlobalResult | Self::TypedResult)
    }

    /// The name for programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::GlobalCommon => "global_common",
            Self::GlobalResult => "global_by_result",
            Self::GlobalCodes => "global_no_retry_codes",
            Self::TypedCommon => "number_type_common",
            Self::TypedResult => "number_type_by_result",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GlobalCommon => "a global common policy (policy_type 0, type 0)",
            Self::GlobalResult => "a global policy by result (policy_type 0, type 1)",
            Self::GlobalCodes => "a global policy with no_retry_policy",
            Self::TypedCommon => "a common policy per number type (policy_type 1, type 0)",
            Self::TypedResult => "a policy per number type by result (policy_type 1, type 1)",
        })
    }
}

// === impl Layout ===

impl Layout {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Flat => Self::Nested,
            Self::Nested => Self::Flat,
        }
    }

    /// Returns the place that a setting puts a common policy into.
    pub(super) const fn of(setting: CommonPolicyLayout, policy_type: PolicyType) -> Self {
        match (setting, policy_type) {
            (CommonPolicyLayout::Flat, _) | (CommonPolicyLayout::Auto, PolicyType::Global) => {
                Self::Flat
            }
            (CommonPolicyLayout::Nested, _)
            | (CommonPolicyLayout::Auto, PolicyType::NumberType) => Self::Nested,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Nested => "nested",
        }
    }
}

// === impl Writing ===

impl Writing {
    /// Returns the way in which an encoding writes a policy.
    pub(super) fn of(encoding: Encoding, policy: &RetryPolicy) -> Self {
        let has_common = policy
            .policy_json
            .iter()
            .any(|element| matches!(element.rule, Rule::Common(_)));
        Self {
            quotes: encoding.quotes,
            layout: has_common
                .then(|| Layout::of(encoding.common_policy_layout, policy.policy_type)),
        }
    }

    /// Returns the encoding that writes a policy in this way.
    pub(super) const fn encoding(self) -> Encoding {
        Encoding {
            quotes: self.quotes,
            common_policy_layout: match self.layout {
                None => CommonPolicyLayout::Auto,
                Some(Layout::Flat) => CommonPolicyLayout::Flat,
                Some(Layout::Nested) => CommonPolicyLayout::Nested,
            },
        }
    }
}

impl fmt::Display for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} quotes", quotes_name(self.quotes))?;
        match self.layout {
            Some(layout) => write!(f, ", {}", layout.name()),
            None => Ok(()),
        }
    }
}

/// Returns all ways to write a policy, the configured one last.
pub(super) fn encodings(configured: Encoding, policy: &RetryPolicy) -> Vec<Encoding> {
    let first = Writing::of(configured, policy);
    let other_layout = first.layout.map(Layout::other);
    let quotes = other_quotes(first.quotes);
    let mut writings = vec![
        Writing {
            quotes,
            layout: other_layout,
        },
        Writing {
            layout: other_layout,
            ..first
        },
        Writing { quotes, ..first },
        first,
    ];
    // Without a common policy, there are only the quotes to vary.
    writings.dedup();
    if first.layout.is_none() {
        writings = vec![Writing { quotes, ..first }, first];
    }
    writings.into_iter().map(Writing::encoding).collect()
}

pub(super) const fn quotes_name(quotes: Quotes) -> &'static str {
    match quotes {
        Quotes::Single => "single",
        Quotes::Double => "double",
    }
}

pub(super) const fn other_quotes(quotes: Quotes) -> Quotes {
    match quotes {
        Quotes::Single => Quotes::Double,
        Quotes::Double => Quotes::Single,
    }
}

pub(super) const fn layout_setting_name(layout: CommonPolicyLayout) -> &'static str {
    match layout {
        CommonPolicyLayout::Auto => "auto",
        CommonPolicyLayout::Flat => "flat",
        CommonPolicyLayout::Nested => "nested",
    }
}

// === impl Answer ===

impl Answer {
    /// Ranks how well the server took what was sent: refused or lost, accepted, kept.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Kept(_) => 2,
            Self::KeptOther(_) | Self::NotShown(_) | Self::Unreadable(_) => 1,
            Self::Refused(_) | Self::Failed(_) | Self::Gone => 0,
        }
    }

    pub(super) const fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(_))
    }
}
