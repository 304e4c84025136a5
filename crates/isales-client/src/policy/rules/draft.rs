//! A policy as its author wrote it: parts may be left out or not be known yet.

/// A value in a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given<T> {
    /// Left out, or null.
    #[default]
    Absent,
    /// To be known later. It is never judged.
    Later,
    /// Known.
    Value(T),
}

/// A retry policy in the making (Table 3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// `policyType`.
    pub policy_type: Given<i64>,
    /// `policyJson`.
    pub policy_json: Given<Vec<Given<DraftElement>>>,
}

/// An element of `policyJson` in the making (Table 4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftElement {
    /// `dataType`.
    pub data_type: Given<String>,
    /// `type`.
    pub r#type: Given<i64>,
    /// `retryTimes`.
    pub retry_times: Given<i64>,
    /// `retryDay`.
    pub retry_day: Given<i64>,
    /// `policy`.
    pub policy: Given<Vec<Given<DraftResult>>>,
    /// `noRetryPolicy`.
    pub no_retry_policy: Given<Vec<Given<String>>>,
}

/// An entry of `policy` in the making (Table 5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftResult {
    /// `result`.
    pub result: Given<i64>,
    /// `retryNumber`.
    pub retry_number: Given<i64>,
    /// `callInterval`.
    pub call_interval: Given<i64>,
}

// === impl Given ===

impl<T> Given<T> {
    /// The value, if it is known.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Later => None,
        }
    }

    /// Whether nothing is given, now or later.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> From<Option<T>> for Given<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}
