//! The typed retry policy.

use std::{collections::BTreeSet, fmt};

/// What the API keeps as the retry policy of a campaign (Table 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// `policyType`.
    pub policy_type: PolicyType,
    /// `policyJson`, decoded.
    pub policy_json: Vec<PolicyElement>,
}

/// `policyType` (Table 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyType {
    /// 0: one policy for every number.
    Global,
    /// 1: a policy for each number type.
    NumberType,
}

/// An element of `policyJson` (Table 4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyElement {
    /// `dataType`: the number type that the element is for.
    pub data_type: Option<DataType>,
    /// `type` and the parameters that go with it.
    pub rule: Rule,
    /// `noRetryPolicy`: result codes for which no call is made again. Empty, null and absent are
    /// the same.
    pub no_retry_policy: BTreeSet<ResultCode>,
}

/// `type` (Table 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleType {
    /// 0: common policy.
    Common,
    /// 1: result policy.
    Result,
}

/// What an element of `policyJson` prescribes (Table 4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// `type` 0: the same for every result.
    Common(CommonRule),
    /// `type` 1: by the result of the call.
    Result(Vec<ResultRule>),
}

/// The parameters of a common policy (Table 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommonRule {
    /// `retryTimes`: call attempts per day.
    pub retry_times: i64,
    /// `retryDay`: days with call attempts.
    pub retry_day: i64,
}

/// An entry of `policy` in a result policy (Table 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultRule {
    /// `result`: the result type of the call.
    pub result: i64,
    /// `retryNumber`: how often to call again.
    pub retry_number: i64,
    /// `callInterval`: the delay before the next call. The API reference gives no unit; its
    /// neighbouring interface counts seconds.
    pub call_interval: i64,
}

/// `dataType`: the name of a number type, never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataType(String);

/// `resultCode` of a definition of outbound call results, never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultCode(String);

// === impl PolicyType ===

impl PolicyType {
    /// The number that the API uses: 0 or 1.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Global => 0,
            Self::NumberType => 1,
        }
    }

    /// The type of this number, if there is one.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Self::Global),
            1 => Some(Self::NumberType),
            _ => None,
        }
    }
}

// === impl RuleType ===

impl RuleType {
    /// The number that the API uses: 0 or 1.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Common => 0,
            Self::Result => 1,
        }
    }

    /// The type of this number, if there is one.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Self::Common),
            1 => Some(Self::Result),
            _ => None,
        }
    }
}

// === impl Rule ===

impl Rule {
    /// `type`.
    #[must_use]
    pub const fn rule_type(&self) -> RuleType {
        match self {
            Self::Common(_) => RuleType::Common,
            Self::Result(_) => RuleType::Result,
        }
    }
}

// === impl DataType ===

impl DataType {
    /// A number type of this name; none if the name is empty.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Option<Self> {
        Some(name.into()).filter(|name| !name.is_empty()).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// === impl ResultCode ===

impl ResultCode {
    /// A result code; none if the text is empty.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Option<Self> {
        Some(code.into()).filter(|code| !code.is_empty()).map(Self)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ResultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
