//! The API's parameters, and where one stands in a request.

use std::fmt;

/// A parameter of the retry policy interfaces (Tables 1, 3, 4 and 5 of the API reference).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// `vdnId`, Table 1.
    VdnId,
    /// `campaignId`, Table 1.
    CampaignId,
    /// `policyType`, Table 3.
    PolicyType,
    /// `policyJson`, Table 3.
    PolicyJson,
    /// `dataType`, Table 4.
    DataType,
    /// `type`, Table 4.
    Type,
    /// `retryTimes`, Table 4.
    RetryTimes,
    /// `retryDay`, Table 4.
    RetryDay,
    /// `policy`, Table 4.
    Policy,
    /// `noRetryPolicy`, Table 4.
    NoRetryPolicy,
    /// `result`, Table 5.
    Result,
    /// `retryNumber`, Table 5.
    RetryNumber,
    /// `callInterval`, Table 5.
    CallInterval,
}

/// One step on the way from the request to a value in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the parameter of this name.
    Parameter(Parameter),
    /// Into the list, at this index, from 0.
    Index(usize),
}

/// The way from the request to a value in it: prints as `policyJson[0].policy[1].result`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterPath(pub Vec<Step>);

// === impl Parameter ===

impl Parameter {
    /// All parameters, each after those that it may stand in.
    pub const ALL: [Self; 13] = [
        Self::VdnId,
        Self::CampaignId,
        Self::PolicyType,
        Self::PolicyJson,
        Self::DataType,
        Self::Type,
        Self::Policy,
        Self::NoRetryPolicy,
        Self::RetryTimes,
        Self::RetryDay,
        Self::Result,
        Self::RetryNumber,
        Self::CallInterval,
    ];

    /// The table that defines it, such as `Table 4`.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::VdnId | Self::CampaignId => "Table 1",
            Self::PolicyType | Self::PolicyJson => "Table 3",
            Self::Result | Self::RetryNumber | Self::CallInterval => "Table 5",
            _ => "Table 4",
        }
    }

    /// The name in the API reference, such as `retryTimes`.
    #[must_use]
    pub const fn api_name(self) -> &'static str {
        self.names().0
    }

    /// The same name in snake case, such as `retry_times`.
    #[must_use]
    pub const fn snake_case(self) -> &'static str {
        self.names().1
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::VdnId => ("vdnId", "vdn_id"),
            Self::CampaignId => ("campaignId", "campaign_id"),
            Self::PolicyType => ("policyType", "policy_type"),
            Self::PolicyJson => ("policyJson", "policy_json"),
            Self::DataType => ("dataType", "data_type"),
            Self::Type => ("type", "type"),
            Self::RetryTimes => ("retryTimes", "retry_times"),
            Self::RetryDay => ("retryDay", "retry_day"),
            Self::Policy => ("policy", "policy"),
            Self::NoRetryPolicy => ("noRetryPolicy", "no_retry_policy"),
            Self::Result => ("result", "result"),
            Self::RetryNumber => ("retryNumber", "retry_number"),
            Self::CallInterval => ("callInterval", "call_interval"),
        }
    }

    /// The parameter that a description by the server names, if it names one: of several, the
    /// innermost, as in `policyJson[0].retryDay`.
    ///
    /// Only whole words count; `type`, `policy` and `result`, which are plain English too, only in
    /// quotes or as a member of a list's entry.
    #[must_use]
    pub fn named_in(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .rev()
            .find(|parameter| parameter.is_named_in(text))
    }

    fn is_named_in(self, text: &str) -> bool {
        let is_plain_english = matches!(self, Self::Type | Self::Policy | Self::Result);
        let is_part = |c: char| c.is_ascii_alphanumeric();
        text.match_indices(self.api_name()).any(|(at, name)| {
            let (before, rest) = text.split_at(at);
            let after = rest.strip_prefix(name).unwrap_or_default();
            let is_quoted = ['\'', '"']
                .iter()
                .any(|quote| before.ends_with(*quote) && after.starts_with(*quote));
            let is_word = !before.ends_with(is_part) && !after.starts_with(is_part);
            is_word && (!is_plain_english || is_quoted || before.ends_with("]."))
        })
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.api_name())
    }
}

// === impl ParameterPath ===

impl ParameterPath {
    /// The place of a parameter in this one.
    #[must_use]
    pub fn parameter(&self, parameter: Parameter) -> Self {
        self.step(Step::Parameter(parameter))
    }

    /// The place of an entry of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for ParameterPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Parameter(parameter) if position == 0 => write!(f, "{parameter}")?,
                Step::Parameter(parameter) => write!(f, ".{parameter}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_names_its_parameter_by_whole_words() {
        let named = Parameter::named_in;
        assert_eq!(
            named("callInterval is out of range"),
            Some(Parameter::CallInterval)
        );
        assert_eq!(
            named("policyJson[0].retryTimes: wrong"),
            Some(Parameter::RetryTimes)
        );
        for (text, parameter) in [
            (
                "policyJson[0].retryDay is out of range",
                Parameter::RetryDay,
            ),
            ("retryDay in policyJson[0] is wrong", Parameter::RetryDay),
            ("policyJson[0].type is wrong", Parameter::Type),
            ("policyJson[0].policy[1].result is wrong", Parameter::Result),
            ("the 'policy' lacks retryDay", Parameter::RetryDay),
            (
                "policyType 1 forbids noRetryPolicy",
                Parameter::NoRetryPolicy,
            ),
            ("campaignId 46 of vdnId 25", Parameter::CampaignId),
        ] {
            assert_eq!(named(text), Some(parameter), "{text}");
        }
        assert_eq!(
            named("the policy is wrong: policyType=7"),
            Some(Parameter::PolicyType)
        );
        assert_eq!(named("'type' must be 0 or 1"), Some(Parameter::Type));
        assert_eq!(named("Incorrect parameter type."), None);
        assert_eq!(named("MyretryTimes"), None);
        assert_eq!(named(""), None);
    }
}
