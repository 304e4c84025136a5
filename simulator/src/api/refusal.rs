//! Refusals: the reasons for which the API rejects a request.

use std::fmt;

use super::{ResultCode, envelope};
use crate::{
    json::{Node, Style},
    store::SaveError,
};

/// A result code, and a detail that names the parameter at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ResultCode,
    pub(crate) detail: String,
}

// === impl Refusal ===

impl Refusal {
    pub(crate) fn new(code: ResultCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }

    /// Returns the text of `resultDesc`.
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

impl From<SaveError> for Refusal {
    fn from(error: SaveError) -> Self {
        Self::new(
            ResultCode::ParameterError,
            format!("The state was not saved: {}.", error.0),
        )
    }
}
