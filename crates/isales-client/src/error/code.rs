//! Error codes, and tables that explain them.
//!
//! The same code can have different meanings in different interfaces, so an error looks up its
//! code in the tables of its [operation](super::Operation). The codes that all interfaces share
//! are in [`COMMON`]; an object's folder adds tables of its own.

use std::fmt;

use crate::{parameter::ParameterName, printable::printable};

/// The code that means success, in both code fields.
pub(crate) const SUCCESS: &str = "0200000";

/// An error code as the server writes it. Codes are compared as text: `0200001` and `02000001`
/// are different codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ErrorCode(String);

/// The explanation of an error code in one interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeEntry {
    /// The code.
    pub(crate) code: &'static str,
    /// A title of a few words, in Title Case.
    pub(crate) title: &'static str,
    /// The meaning, as a clause that can follow a colon.
    pub(crate) meaning: &'static str,
    /// The fix, as a sentence.
    pub(crate) advice: &'static str,
    /// What the code says about the request.
    pub(crate) kind: CodeKind,
    /// The parameter at fault, unless the server's description names another.
    pub(crate) parameter: Option<ParameterName>,
}

/// What an error code says about the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeKind {
    /// The object that the request addresses does not exist.
    NotFound,
    /// The request is invalid, so the server has not carried out any equal request of the call.
    Rejected,
    /// The object is already as the request would leave it, or another one is in its way. An earlier
    /// request of the same call may be the reason, which only a read can tell.
    Conflict,
    /// Requests come too fast. The server has not carried out this one.
    Throttled,
    /// None of these: another attempt with the same content might end differently.
    Other,
}

// === impl ErrorCode ===

impl ErrorCode {
    /// Takes a code from a reply.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// Returns the code as the server writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ErrorCode {
    /// Writes the code escaped and cut short.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.0, 32))
    }
}

// === impl CodeEntry ===

impl CodeEntry {
    /// Creates an entry of kind [`CodeKind::Rejected`], which is about no parameter in particular.
    pub(crate) const fn new(
        code: &'static str,
        title: &'static str,
        meaning: &'static str,
        advice: &'static str,
    ) -> Self {
        Self {
            code,
            title,
            meaning,
            advice,
            kind: CodeKind::Rejected,
            parameter: None,
        }
    }

    /// Changes the kind.
    pub(crate) const fn of_kind(self, kind: CodeKind) -> Self {
        Self { kind, ..self }
    }

    /// Changes the advice.
    pub(crate) const fn advising(self, advice: &'static str) -> Self {
        Self { advice, ..self }
    }

    /// Sets the parameter at fault.
    pub(crate) const fn at(self, parameter: ParameterName) -> Self {
        Self {
            parameter: Some(parameter),
            ..self
        }
    }
}

const CORRECT_ARGUMENT: &str = "Correct the argument that the description names.";

/// `0200001`: parameter error.
pub(crate) const PARAMETER_ERROR: CodeEntry = CodeEntry::new(
    "0200001",
    "Parameter Error",
    "a parameter is wrong",
    CORRECT_ARGUMENT,
);
/// `0200006`: an error of the server's database.
pub(crate) const DATABASE_ERROR: CodeEntry = CodeEntry::new(
    "0200006",
    "Database Error Of The Server",
    "its database failed",
    "Try again later; if the error persists, ask the operations personnel of CC-iSales.",
)
.of_kind(CodeKind::Other);
/// `02000001`: empty parameter.
pub(crate) const EMPTY_PARAMETER: CodeEntry = CodeEntry::new(
    "02000001",
    "Empty Parameter",
    "a parameter is empty",
    CORRECT_ARGUMENT,
);
/// `02000002`: the parameter contains invalid characters.
pub(crate) const INVALID_CHARACTERS: CodeEntry = CodeEntry::new(
    "02000002",
    "Invalid Characters In A Parameter",
    "a parameter contains invalid characters",
    CORRECT_ARGUMENT,
);
/// `02000003`: longer than the maximum length.
pub(crate) const TOO_LONG: CodeEntry = CodeEntry::new(
    "02000003",
    "Parameter Too Long",
    "a parameter exceeds its maximum length",
    CORRECT_ARGUMENT,
);
/// `02000004`: shorter than the minimum length.
pub(crate) const TOO_SHORT: CodeEntry = CodeEntry::new(
    "02000004",
    "Parameter Too Short",
    "a parameter is shorter than its minimum length",
    CORRECT_ARGUMENT,
);
/// `02000005`: length outside the range.
pub(crate) const LENGTH_OUT_OF_RANGE: CodeEntry = CodeEntry::new(
    "02000005",
    "Parameter Length Out Of Range",
    "the length of a parameter is outside its range",
    CORRECT_ARGUMENT,
);
/// `02000006`: incorrect parameter type.
pub(crate) const WRONG_TYPE: CodeEntry = CodeEntry::new(
    "02000006",
    "Incorrect Parameter Type",
    "a parameter has the wrong type",
    CORRECT_ARGUMENT,
);
/// `02000007`: incorrect parameter value.
pub(crate) const WRONG_VALUE: CodeEntry = CodeEntry::new(
    "02000007",
    "Incorrect Parameter Value",
    "a parameter has a wrong value",
    CORRECT_ARGUMENT,
);
/// `02000008`: parameter conversion error.
pub(crate) const CONVERSION_ERROR: CodeEntry = CodeEntry::new(
    "02000008",
    "Parameter Conversion Error",
    "a parameter could not be converted",
    CORRECT_ARGUMENT,
);
/// `02000009`: incorrect parameter combination.
pub(crate) const WRONG_COMBINATION: CodeEntry = CodeEntry::new(
    "02000009",
    "Incorrect Parameter Combination",
    "the parameters do not go together",
    CORRECT_ARGUMENT,
);
/// `02000010`: the hour and minute parameters must be set together.
pub(crate) const HOUR_AND_MINUTE: CodeEntry = CodeEntry::new(
    "02000010",
    "Hour And Minute Not Set Together",
    "the hour and minute parameters were not set together",
    CORRECT_ARGUMENT,
);
/// `02000011`: more parameters than allowed.
pub(crate) const TOO_MANY_PARAMETERS: CodeEntry = CodeEntry::new(
    "02000011",
    "Too Many Parameters",
    "there are more parameters than allowed",
    CORRECT_ARGUMENT,
);

/// `0200022`: the interface is called too fast. Listed for one interface only, but it can only mean
/// this on the others.
pub(crate) const TOO_FAST: CodeEntry = CodeEntry::new(
    "0200022",
    "Interface Called Too Fast",
    "the interface is called too fast",
    "Lower requests_per_second or max_concurrent_requests, or try again later.",
)
.of_kind(CodeKind::Throttled);

/// The codes that all interfaces share.
pub(crate) const COMMON: &[CodeEntry] = &[
    PARAMETER_ERROR,
    DATABASE_ERROR,
    EMPTY_PARAMETER,
    INVALID_CHARACTERS,
    TOO_LONG,
    TOO_SHORT,
    LENGTH_OUT_OF_RANGE,
    WRONG_TYPE,
    WRONG_VALUE,
    CONVERSION_ERROR,
    WRONG_COMBINATION,
    HOUR_AND_MINUTE,
    TOO_MANY_PARAMETERS,
    TOO_FAST,
];

/// The explanation of a code that is in no table of the interface.
pub(crate) const UNKNOWN: CodeEntry = CodeEntry::new(
    "",
    "Unknown Error Code",
    "it returned a code that the API reference does not list",
    "Look the code up in the documentation of your CC-iSales version, or ask its operations personnel.",
)
.of_kind(CodeKind::Other);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_common_code_has_its_own_explanation() {
        let distinct = |of: fn(&CodeEntry) -> &'static str| {
            let texts: BTreeSet<_> = COMMON.iter().map(of).collect();
            texts.len()
        };
        assert_eq!(distinct(|entry| entry.code), COMMON.len());
        assert_eq!(distinct(|entry| entry.title), COMMON.len());
        assert_eq!(distinct(|entry| entry.meaning), COMMON.len());
    }
}
