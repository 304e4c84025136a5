//! A policy as its author wrote it: values may be missing or not known yet.

/// A value in a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DraftValue<T> {
    /// Not set, or null.
    #[default]
    Null,
    /// Not known yet, and therefore not validated.
    Unknown,
    /// A known value.
    Known(T),
}

/// A draft of a retry policy (Table 3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// `policyType`.
    pub policy_type: DraftValue<i64>,
    /// `policyJson`.
    pub policy_json: DraftValue<Vec<DraftValue<DraftElement>>>,
}

/// A draft of an element of `policyJson` (Table 4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftElement {
    /// `dataType`.
    pub data_type: DraftValue<String>,
    /// `type`.
    pub r#type: DraftValue<i64>,
    /// `retryTimes`.
    pub retry_times: DraftValue<i64>,
    /// `retryDay`.
    pub retry_day: DraftValue<i64>,
    /// `policy`.
    pub policy: DraftValue<Vec<DraftValue<DraftResult>>>,
    /// `noRetryPolicy`.
    pub no_retry_policy: DraftValue<Vec<DraftValue<String>>>,
}

/// A draft of an entry of `policy` (Table 5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftResult {
    /// `result`.
    pub result: DraftValue<i64>,
    /// `retryNumber`.
    pub retry_number: DraftValue<i64>,
    /// `callInterval`.
    pub call_interval: DraftValue<i64>,
}

// === impl DraftValue ===

impl<T> DraftValue<T> {
    /// Returns the value, if it is known.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// Returns whether the value is null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<Option<T>> for DraftValue<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Known)
    }
}
