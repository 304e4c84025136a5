//! The error codes of Table 7.

use std::fmt;

use super::Operation;
use crate::isales::parameter::Parameter;

/// The server answered with an error code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CC-iSales refused to {operation}: {} (code {code}).{} {}", .code.meaning(), description(.desc), .code.advice())]
pub struct ApiError {
    /// `resultCode`.
    pub code: ErrorCode,
    /// `resultDesc`, as the server wrote it; may be empty.
    pub desc: String,
    /// What was asked.
    pub operation: Operation,
}

/// An error code (Table 7 of the API reference).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// `0200001`: parameter error.
    ParameterError,
    /// `0200-01`: the outbound campaign does not exist.
    CampaignNotFound,
    /// `02000001`: empty parameter.
    EmptyParameter,
    /// `02000002`: the parameter contains invalid characters.
    InvalidCharacters,
    /// `02000003`: longer than the maximum length.
    TooLong,
    /// `02000004`: shorter than the minimum length.
    TooShort,
    /// `02000005`: length outside the range.
    LengthOutOfRange,
    /// `02000006`: incorrect parameter type.
    WrongType,
    /// `02000007`: incorrect parameter value.
    WrongValue,
    /// `02000008`: parameter conversion error.
    ConversionError,
    /// `02000009`: incorrect parameter combination.
    WrongCombination,
    /// `02000010`: the hour and minute parameters must be set together.
    HourAndMinute,
    /// `02000011`: more parameters than allowed.
    TooManyParameters,
    /// A code that Table 7 does not have.
    Unknown(String),
}

// === impl ApiError ===

impl ApiError {
    /// The parameter that the error is about: the one that the description names, else the
    /// campaign ID where the campaign does not exist, else `policyJson` for the codes of Table 7.
    #[must_use]
    pub fn parameter(&self) -> Option<Parameter> {
        Parameter::named_in(&self.desc).or(match (&self.code, self.operation) {
            (ErrorCode::CampaignNotFound, _) => Some(Parameter::CampaignId),
            (ErrorCode::Unknown(_), _) => None,
            (_, Operation::SetRetryPolicy) => Some(Parameter::PolicyJson),
            _ => None,
        })
    }
}

/// What the server says about the error, made safe to print and kept short.
fn description(desc: &str) -> String {
    const MAX: usize = 400;
    let desc = desc.trim();
    if desc.is_empty() {
        return String::new();
    }
    let text: String = desc.chars().take(MAX).collect();
    let dots = if text.len() < desc.len() { "…" } else { "" };
    format!(" The server says: {:?}{dots}.", text)
}

// === impl ErrorCode ===

impl ErrorCode {
    /// The code in a reply. Codes are compared as text: `0200001` and `02000001` differ.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        match code {
            "0200001" => Self::ParameterError,
            "0200-01" => Self::CampaignNotFound,
            "02000001" => Self::EmptyParameter,
            "02000002" => Self::InvalidCharacters,
            "02000003" => Self::TooLong,
            "02000004" => Self::TooShort,
            "02000005" => Self::LengthOutOfRange,
            "02000006" => Self::WrongType,
            "02000007" => Self::WrongValue,
            "02000008" => Self::ConversionError,
            "02000009" => Self::WrongCombination,
            "02000010" => Self::HourAndMinute,
            "02000011" => Self::TooManyParameters,
            other => Self::Unknown(other.to_owned()),
        }
    }

    /// The code as the server writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::ParameterError => "0200001",
            Self::CampaignNotFound => "0200-01",
            Self::EmptyParameter => "02000001",
            Self::InvalidCharacters => "02000002",
            Self::TooLong => "02000003",
            Self::TooShort => "02000004",
            Self::LengthOutOfRange => "02000005",
            Self::WrongType => "02000006",
            Self::WrongValue => "02000007",
            Self::ConversionError => "02000008",
            Self::WrongCombination => "02000009",
            Self::HourAndMinute => "02000010",
            Self::TooManyParameters => "02000011",
            Self::Unknown(code) => code,
        }
    }

    /// A title of a few words.
    #[must_use]
    pub const fn summary(&self) -> &'static str {
        match self {
            Self::ParameterError => "Parameter error",
            Self::CampaignNotFound => "Outbound campaign does not exist",
            Self::EmptyParameter => "Empty parameter",
            Self::InvalidCharacters => "Invalid characters in a parameter",
            Self::TooLong => "Parameter too long",
            Self::TooShort => "Parameter too short",
            Self::LengthOutOfRange => "Parameter length out of range",
            Self::WrongType => "Incorrect parameter type",
            Self::WrongValue => "Incorrect parameter value",
            Self::ConversionError => "Parameter conversion error",
            Self::WrongCombination => "Incorrect parameter combination",
            Self::HourAndMinute => "Hour and minute not set together",
            Self::TooManyParameters => "Too many parameters",
            Self::Unknown(_) => "Unknown error code",
        }
    }

    /// What the code means, to stand after a colon.
    const fn meaning(&self) -> &'static str {
        match self {
            Self::ParameterError => "a parameter is wrong",
            Self::CampaignNotFound => "the outbound campaign does not exist",
            Self::EmptyParameter => "a parameter is empty",
            Self::InvalidCharacters => "a parameter contains invalid characters",
            Self::TooLong => "a parameter exceeds its maximum length",
            Self::TooShort => "a parameter is shorter than its minimum length",
            Self::LengthOutOfRange => "the length of a parameter is outside its range",
            Self::WrongType => "a parameter has the wrong type",
            Self::WrongValue => "a parameter has a wrong value",
            Self::ConversionError => "a parameter could not be converted",
            Self::WrongCombination => "the parameters do not go together",
            Self::HourAndMinute => "the hour and minute parameters were not set together",
            Self::TooManyParameters => "there are more parameters than allowed",
            Self::Unknown(_) => "it gave a code that the API reference does not list",
        }
    }

    /// What to do, as a sentence.
    const fn advice(&self) -> &'static str {
        match self {
            Self::ParameterError => "Correct the parameter that the description names.",
            Self::CampaignNotFound => {
                "Check campaignId and vdnId: the campaign may have been deleted, or belong to another VDN."
            }
            Self::EmptyParameter => "Give every parameter of the policy a value.",
            Self::InvalidCharacters => {
                "Use only digits, letters and hyphens in dataType and in the codes of noRetryPolicy."
            }
            Self::TooLong => {
                "Shorten dataType or the codes of noRetryPolicy, or split the policy into fewer elements."
            }
            Self::TooShort => "Check that dataType and the codes of noRetryPolicy are complete.",
            Self::LengthOutOfRange => {
                "Check the length of dataType, of the codes of noRetryPolicy and of the whole policy."
            }
            Self::WrongType => {
                "If every value is of the type in Tables 4 and 5, the server may expect another form of policyJson: try the other policy_json_quotes or common_policy_layout."
            }
            Self::WrongValue => {
                "Check the values of the policy against the ranges of your CC-iSales version, and that dataType and result exist in the VDN."
            }
            Self::ConversionError => {
                "The server could not read policyJson: try the other policy_json_quotes or common_policy_layout, which differ between CC-iSales versions."
            }
            Self::WrongCombination => {
                "Check policyType against dataType and noRetryPolicy, and type against retryTimes, retryDay and policy."
            }
            Self::HourAndMinute => {
                "The retry policy has no such parameters: check the time settings of the campaign itself."
            }
            Self::TooManyParameters => {
                "Use fewer elements in policyJson, fewer entries in policy or fewer codes in noRetryPolicy."
            }
            Self::Unknown(_) => {
                "Look the code up in the documentation of your CC-iSales version, or ask its operations personnel."
            }
        }
    }
}

impl fmt::Display for ErrorCode {
    /// A code from the server is printed escaped and cut short.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code: String = self.as_str().chars().take(32).collect();
        write!(f, "{}", code.escape_debug())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Table 7 of the API reference.
    const TABLE_7: [&str; 13] = [
        "0200001", "0200-01", "02000001", "02000002", "02000003", "02000004", "02000005",
        "02000006", "02000007", "02000008", "02000009", "02000010", "02000011",
    ];

    fn error(code: &str, desc: &str) -> ApiError {
        ApiError {
            code: ErrorCode::parse(code),
            desc: desc.to_owned(),
            operation: Operation::SetRetryPolicy,
        }
    }

    #[test]
    fn every_code_of_the_table_has_a_message_of_its_own() {
        let mut messages = BTreeSet::new();
        for code in TABLE_7 {
            let error = error(code, "");
            assert!(!matches!(error.code, ErrorCode::Unknown(_)), "{code}");
            assert_eq!(error.code.as_str(), code);
            assert!(error.to_string().contains(&format!("(code {code})")));
            messages.insert((
                error.code.summary(),
                error.code.meaning(),
                error.code.advice(),
            ));
        }
        assert_eq!(messages.len(), TABLE_7.len());
    }

    #[test]
    fn an_error_is_placed_on_the_parameter_it_concerns() {
        assert_eq!(
            error("0200-01", "").parameter(),
            Some(Parameter::CampaignId)
        );
        assert_eq!(
            error("02000007", "").parameter(),
            Some(Parameter::PolicyJson)
        );
        assert_eq!(
            error("02000007", "bad dataType").parameter(),
            Some(Parameter::DataType)
        );
        assert_eq!(error("9", "").parameter(), None);
    }

    #[test]
    fn the_description_is_told_escaped_and_cut() {
        let text = error("0200001", "retryTimes\n is wrong").to_string();
        assert_eq!(
            text,
            "CC-iSales refused to set the retry policy: a parameter is wrong (code 0200001). The server says: \"retryTimes\\n is wrong\". Correct the parameter that the description names."
        );
        assert!(error("0200001", &"x".repeat(100_000)).to_string().len() < 1000);
    }
}
