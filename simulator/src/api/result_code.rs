//! The interface's result codes and the envelope that carries them (API reference, Tables 6 and 7).

use std::fmt;

use crate::pseudo_json::{Node, Style};

/// A code of Table 7, or one of the campaign interfaces' own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResultCode {
    /// `0200000`.
    Success,
    /// `0200001`: details are in `resultDesc`.
    ParameterError,
    /// `0200-01`, of the retry policy interfaces.
    NoSuchCampaign,
    /// `0200007`, of the other campaign interfaces.
    CampaignGone,
    /// `02000001`.
    Empty,
    /// `02000002`.
    InvalidCharacters,
    /// `02000003`.
    TooLong,
    /// `02000004`.
    TooShort,
    /// `02000005`.
    LengthOutOfRange,
    /// `02000006`.
    WrongType,
    /// `02000007`.
    WrongValue,
    /// `02000008`.
    Conversion,
    /// `02000009`.
    BadCombination,
    /// `02000010`.
    HourWithoutMinute,
    /// `02000011`.
    TooManyParameters,
}

impl ResultCode {
    /// Every failure of Table 7, in its order.
    pub const TABLE_7: [Self; 13] = [
        Self::ParameterError,
        Self::NoSuchCampaign,
        Self::Empty,
        Self::InvalidCharacters,
        Self::TooLong,
        Self::TooShort,
        Self::LengthOutOfRange,
        Self::WrongType,
        Self::WrongValue,
        Self::Conversion,
        Self::BadCombination,
        Self::HourWithoutMinute,
        Self::TooManyParameters,
    ];

    /// The code as it is sent. `0200001` and `02000001` are different codes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "0200000",
            Self::ParameterError => "0200001",
            Self::NoSuchCampaign => "0200-01",
            Self::CampaignGone => "0200007",
            Self::Empty => "02000001",
            Self::InvalidCharacters => "02000002",
            Self::TooLong => "02000003",
            Self::TooShort => "02000004",
            Self::LengthOutOfRange => "02000005",
            Self::WrongType => "02000006",
            Self::WrongValue => "02000007",
            Self::Conversion => "02000008",
            Self::BadCombination => "02000009",
            Self::HourWithoutMinute => "02000010",
            Self::TooManyParameters => "02000011",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Success => "",
            Self::ParameterError => "Parameter error.",
            Self::NoSuchCampaign => "The outbound campaign does not exist.",
            Self::CampaignGone => "The outbound campaign no longer exists.",
            Self::Empty => "Empty parameter.",
            Self::InvalidCharacters => "The parameter contains invalid characters.",
            Self::TooLong => "The parameter length cannot exceed the maximum length.",
            Self::TooShort => "The parameter length cannot be less than the minimum length.",
            Self::LengthOutOfRange => "The parameter length must be within the specified range.",
            Self::WrongType => "Incorrect parameter type.",
            Self::WrongValue => "Incorrect parameter value.",
            Self::Conversion => "Parameter conversion error. Check the request parameters.",
            Self::BadCombination => {
                "Incorrect parameter combination. Check the request parameters."
            }
            Self::HourWithoutMinute => {
                "The hour and minute parameters must be set at the same time."
            }
            Self::TooManyParameters => {
                "The number of parameters cannot exceed the specified number."
            }
        }
    }
}

/// A request that the interface refuses: a code, and the parameter with what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ResultCode,
    pub(crate) detail: String,
}

impl Refusal {
    pub(crate) fn new(code: ResultCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }

    /// What `resultDesc` says.
    pub(crate) fn description(&self) -> String {
        format!("{} {}", self.code.description(), self.detail)
            .trim_end()
            .to_owned()
    }

    pub(crate) fn to_json(&self) -> String {
        Style::JSON.write(&Node::Object(envelope(self.code, &self.description())))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code.as_str(), self.description())
    }
}

impl From<ResultCode> for Refusal {
    fn from(code: ResultCode) -> Self {
        Self::new(code, "")
    }
}

/// The four fields of Table 6, in the order of the page's example.
pub(crate) fn envelope(code: ResultCode, description: &str) -> Vec<(String, Node)> {
    let fields = ["resultCode", "resultDesc", "returnCode", "returnDesc"];
    let values = [code.as_str(), description, code.as_str(), description];
    fields
        .into_iter()
        .zip(values)
        .map(|(field, value)| (field.to_owned(), Node::text(value)))
        .collect()
}

/// The reply to a successful POST.
pub(crate) fn success() -> String {
    Style::JSON.write(&Node::Object(envelope(ResultCode::Success, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_is_the_example_of_the_page() {
        let page =
            r#"{"resultCode":"0200000","resultDesc":"","returnCode":"0200000","returnDesc":""}"#;
        assert_eq!(success(), page);
    }
}
