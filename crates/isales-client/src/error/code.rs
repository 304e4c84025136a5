//! The error codes that the API reference lists.

use std::fmt;

use super::Operation;

/// An error code: of Table 7 of the API reference, or of an interface beside those of the retry
/// policy.
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
    /// `0200002`, of other interfaces: the campaign begins before today.
    CampaignBeginsInPast,
    /// `0200003`, of other interfaces: too many campaigns for skill queues.
    TooManySkillCampaigns,
    /// `0200004`, of other interfaces: too many campaigns for IVR.
    TooManyIvrCampaigns,
    /// `0200005`, of other interfaces: the name exists already.
    DuplicateName,
    /// `0200006`, of other interfaces: an error of the server's database.
    DatabaseError,
    /// `0200007`, of other interfaces: the campaign no longer exists.
    CampaignGone,
    /// `0200011`, of other interfaces: the state of the campaign forbids resuming it.
    CannotResume,
    /// `0200016`, of other interfaces: the campaign has ended.
    CampaignEnded,
    /// `0200017`, of other interfaces: the skill queue does not exist.
    SkillQueueMissing,
    /// A code that the API reference does not list.
    Unknown(String),
}

// === impl ErrorCode ===

impl ErrorCode {
    /// All codes of Table 7.
    pub const TABLE_7: [Self; 13] = [
        Self::ParameterError,
        Self::CampaignNotFound,
        Self::EmptyParameter,
        Self::InvalidCharacters,
        Self::TooLong,
        Self::TooShort,
        Self::LengthOutOfRange,
        Self::WrongType,
        Self::WrongValue,
        Self::ConversionError,
        Self::WrongCombination,
        Self::HourAndMinute,
        Self::TooManyParameters,
    ];

    /// The codes that only other interfaces have.
    pub const NEIGHBORS: [Self; 9] = [
        Self::CampaignBeginsInPast,
        Self::TooManySkillCampaigns,
        Self::TooManyIvrCampaigns,
        Self::DuplicateName,
        Self::DatabaseError,
        Self::CampaignGone,
        Self::CannotResume,
        Self::CampaignEnded,
        Self::SkillQueueMissing,
    ];

    /// The code in a reply. Codes are compared as text: `0200001` and `02000001` differ.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::TABLE_7
            .into_iter()
            .chain(Self::NEIGHBORS)
            .find(|listed| listed.as_str() == code)
            .unwrap_or_else(|| Self::Unknown(code.to_owned()))
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
            Self::CampaignBeginsInPast => "0200002",
            Self::TooManySkillCampaigns => "0200003",
            Self::TooManyIvrCampaigns => "0200004",
            Self::DuplicateName => "0200005",
            Self::DatabaseError => "0200006",
            Self::CampaignGone => "0200007",
            Self::CannotResume => "0200011",
            Self::CampaignEnded => "0200016",
            Self::SkillQueueMissing => "0200017",
            Self::Unknown(code) => code,
        }
    }

    /// Whether this is a code of the interfaces of the retry policy (Table 7), all of which judge
    /// the request itself.
    #[must_use]
    pub fn is_of_table_7(&self) -> bool {
        Self::TABLE_7.contains(self)
    }

    /// Whether there is no such campaign: the interfaces of the retry policy have one code for
    /// that, all others another.
    #[must_use]
    pub const fn says_gone(&self) -> bool {
        matches!(self, Self::CampaignNotFound | Self::CampaignGone)
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
            Self::CampaignBeginsInPast => "Outbound campaign begins in the past",
            Self::TooManySkillCampaigns => "Too many campaigns for skill queues",
            Self::TooManyIvrCampaigns => "Too many campaigns for IVR",
            Self::DuplicateName => "Name of an outbound campaign used twice",
            Self::DatabaseError => "Database error of the server",
            Self::CampaignGone => "Outbound campaign no longer exists",
            Self::CannotResume => "Outbound campaign cannot be resumed",
            Self::CampaignEnded => "Outbound campaign has ended",
            Self::SkillQueueMissing => "Skill queue does not exist",
            Self::Unknown(_) => "Unknown error code",
        }
    }

    /// What the code means, to stand after a colon.
    pub(super) const fn meaning(&self) -> &'static str {
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
            Self::CampaignBeginsInPast => "the outbound campaign begins before today",
            Self::TooManySkillCampaigns => {
                "there are more outbound campaigns for skill queues than allowed"
            }
            Self::TooManyIvrCampaigns => "there are more outbound campaigns for IVR than allowed",
            Self::DuplicateName => "another outbound campaign has this name",
            Self::DatabaseError => "its database failed",
            Self::CampaignGone => "the outbound campaign no longer exists",
            Self::CannotResume => "the state of the outbound campaign forbids resuming it",
            Self::CampaignEnded => "the outbound campaign has ended",
            Self::SkillQueueMissing => "the skill queue does not exist",
            Self::Unknown(_) => "it gave a code that the API reference does not list",
        }
    }

    /// What to do, as a sentence.
    pub(super) fn advice(&self, operation: Operation) -> &'static str {
        match self {
            Self::CampaignNotFound | Self::CampaignGone => {
                "Check campaignId and vdnId: the campaign may have been deleted, or belong to another VDN."
            }
            Self::DatabaseError => {
                "Try again later; if it stays, ask the operations personnel of CC-iSales."
            }
            Self::Unknown(_) => {
                "Look the code up in the documentation of your CC-iSales version, or ask its operations personnel."
            }
            code if !code.is_of_table_7() => "Check the campaign itself in CC-iSales.",
            _ if operation != Operation::SetRetryPolicy => {
                "Correct the argument that the description names."
            }
            code => code.advice_on_policy(),
        }
    }

    /// What to do about a policy that was refused.
    const fn advice_on_policy(&self) -> &'static str {
        match self {
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
            _ => "Correct the parameter that the description names.",
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

    /// The codes that the reference lists for the interfaces for campaigns.
    const NEIGHBORS: [&str; 9] = [
        "0200002", "0200003", "0200004", "0200005", "0200006", "0200007", "0200011", "0200016",
        "0200017",
    ];

    #[test]
    fn every_code_of_the_table_has_a_message_of_its_own() {
        let mut messages = BTreeSet::new();
        for text in TABLE_7 {
            let code = ErrorCode::parse(text);
            assert!(code.is_of_table_7(), "{text}");
            assert_eq!(code.as_str(), text);
            let advice = code.advice(Operation::SetRetryPolicy);
            messages.insert((code.summary(), code.meaning(), advice));
        }
        assert_eq!(messages.len(), TABLE_7.len());
    }

    #[test]
    fn every_code_of_other_interfaces_has_a_meaning_of_its_own() {
        let mut meanings = BTreeSet::new();
        for text in NEIGHBORS {
            let code = ErrorCode::parse(text);
            assert!(
                !matches!(code, ErrorCode::Unknown(_)) && !code.is_of_table_7(),
                "{text}"
            );
            assert_eq!(code.as_str(), text);
            meanings.insert((code.summary(), code.meaning()));
        }
        assert_eq!(meanings.len(), NEIGHBORS.len());
        assert_eq!(
            ErrorCode::parse("0200018"),
            ErrorCode::Unknown("0200018".to_owned())
        );
    }

    #[test]
    fn only_a_policy_that_is_set_is_advised_on() {
        for code in ErrorCode::TABLE_7.into_iter().chain(ErrorCode::NEIGHBORS) {
            for operation in [Operation::ListCampaigns, Operation::QueryRetryPolicy] {
                let advice = code.advice(operation);
                assert!(
                    !advice.to_lowercase().contains("policy"),
                    "{code}: {advice}"
                );
            }
        }
    }
}
