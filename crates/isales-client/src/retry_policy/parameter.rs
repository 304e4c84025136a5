//! The parameters of the retry policy interfaces.

use std::fmt;

use crate::{
    id::{CAMPAIGN_ID, VDN_ID},
    parameter::ParameterName,
};

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

// === impl Parameter ===

impl Parameter {
    /// The names of all parameters, each after those of the parameters that may contain it.
    pub(crate) const NAMES: [ParameterName; 13] = [
        Self::VdnId.name(),
        Self::CampaignId.name(),
        Self::PolicyType.name(),
        Self::PolicyJson.name(),
        Self::DataType.name(),
        Self::Type.name(),
        Self::Policy.name(),
        Self::NoRetryPolicy.name(),
        Self::RetryTimes.name(),
        Self::RetryDay.name(),
        Self::Result.name(),
        Self::RetryNumber.name(),
        Self::CallInterval.name(),
    ];

    /// Returns the table that defines the parameter, such as `Table 4`.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::VdnId | Self::CampaignId => "Table 1",
            Self::PolicyType | Self::PolicyJson => "Table 3",
            Self::Result | Self::RetryNumber | Self::CallInterval => "Table 5",
            _ => "Table 4",
        }
    }

    /// Returns the name in the API reference, such as `retryTimes`.
    #[must_use]
    pub const fn api_name(self) -> &'static str {
        self.name().api_name()
    }

    /// Returns the name in snake case, such as `retry_times`.
    #[must_use]
    pub const fn snake_case(self) -> &'static str {
        self.name().snake_case()
    }

    /// Returns the name, for use in errors and paths.
    #[must_use]
    pub const fn name(self) -> ParameterName {
        match self {
            Self::VdnId => VDN_ID,
            Self::CampaignId => CAMPAIGN_ID,
            Self::PolicyType => ParameterName::new("policyType", "policy_type"),
            Self::PolicyJson => ParameterName::new("policyJson", "policy_json"),
            Self::DataType => element("dataType", "data_type"),
            Self::Type => element("type", "type"),
            Self::RetryTimes => element("retryTimes", "retry_times"),
            Self::RetryDay => element("retryDay", "retry_day"),
            Self::Policy => element("policy", "policy"),
            Self::NoRetryPolicy => element("noRetryPolicy", "no_retry_policy"),
            Self::Result => element("result", "result"),
            Self::RetryNumber => element("retryNumber", "retry_number"),
            Self::CallInterval => element("callInterval", "call_interval"),
        }
    }
}

impl From<Parameter> for ParameterName {
    fn from(parameter: Parameter) -> Self {
        parameter.name()
    }
}

impl fmt::Display for Parameter {
    /// Writes the name in snake case, as users write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.snake_case())
    }
}

const fn element(api_name: &'static str, snake_case: &'static str) -> ParameterName {
    ParameterName::new(api_name, snake_case).within("policy_json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_names_its_parameter_by_whole_words() {
        let named = |text| ParameterName::named_in(text, &Parameter::NAMES);
        assert_eq!(
            named("callInterval is out of range"),
            Some(Parameter::CallInterval.name())
        );
        assert_eq!(
            named("policyJson[0].retryTimes: wrong"),
            Some(Parameter::RetryTimes.name())
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
            assert_eq!(named(text), Some(parameter.name()), "{text}");
        }
        assert_eq!(
            named("the policy is wrong: policyType=7"),
            Some(Parameter::PolicyType.name())
        );
        assert_eq!(named("'type' must be 0 or 1"), Some(Parameter::Type.name()));
        assert_eq!(named("Incorrect parameter type."), None);
        assert_eq!(named("MyretryTimes"), None);
        assert_eq!(named(""), None);
    }
}
