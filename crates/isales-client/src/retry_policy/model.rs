//! The typed retry policy.

use std::{collections::BTreeSet, fmt};

/// The retry policy of a campaign (Table 3).
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
    /// 0: one policy for all numbers.
    Global,
    /// 1: a policy for each number type.
    NumberType,
}

/// An element of `policyJson` (Table 4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyElement {
    /// `dataType`: the number type that the element applies to.
    pub data_type: Option<DataType>,
    /// `type` and the parameters that belong to it.
    pub rule: Rule,
    /// `noRetryPolicy`: result codes after which no call is made again. Empty, null and absent are
    /// equal.
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

/// The rule of an element of `policyJson` (Table 4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// `type` 0: one rule for all results.
    Common(CommonRule),
    /// `type` 1: a rule per call result.
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
    /// `retryNumber`: the number of further calls.
    pub retry_number: i64,
    /// `callInterval`: the delay before the next call. The API reference gives no unit; a
    /// similar interface counts seconds.
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
    /// Returns the number that the API uses: 0 or 1.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Global => 0,
            Self::NumberType => 1,
        }
    }

    /// Returns the type of this number, if there is one.
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
    /// Returns the number that the API uses: 0 or 1.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Common => 0,
            Self::Result => 1,
        }
    }

    /// Returns the type of this number, if there is one.
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
    /// Returns the type of the rule.
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
    /// Creates a number type; `None` if the name is empty.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Option<Self> {
        Some(name.into()).filter(|name| !name.is_empty()).map(Self)
    }

    /// Returns the name.
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
    /// Creates a result code; `None` if the text is empty.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Option<Self> {
        Some(code.into()).filter(|code| !code.is_empty()).map(Self)
    }

    /// Returns the code.
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
