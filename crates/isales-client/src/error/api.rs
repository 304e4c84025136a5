//! Error codes in a reply.

use super::{
    ErrorCode, Operation,
    code::{CodeEntry, CodeKind},
};
use crate::{parameter::ParameterName, printable::printable};

/// The server answered with an error code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CC-iSales refused to {operation}: {} (code {code}).{} {}", self.entry().meaning, description(.desc), self.entry().advice)]
pub struct ApiError {
    /// `resultCode`.
    pub code: ErrorCode,
    /// `resultDesc`, as the server wrote it; may be empty.
    pub desc: String,
    /// The operation that was refused.
    pub operation: &'static Operation,
}

// === impl ApiError ===

impl ApiError {
    /// Returns a title of a few words.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.entry().title
    }

    /// Returns whether the object that the request addresses does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.entry().kind == CodeKind::NotFound
    }

    /// Returns whether the server has refused the request because requests come too fast.
    #[must_use]
    pub fn is_throttle(&self) -> bool {
        self.entry().kind == CodeKind::Throttled
    }

    /// Returns whether the object is already as the request would leave it, or another one is in its
    /// way.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.entry().kind == CodeKind::Conflict
    }

    /// Returns the parameter at fault: the one that the server's description names, or the one that
    /// the interface's table gives for the code.
    #[must_use]
    pub fn parameter(&self) -> Option<ParameterName> {
        self.operation
            .parameter_named_in(&self.desc)
            .or(self.entry().parameter)
    }

    /// Returns whether the server has rejected every request of the call with the same content,
    /// including any whose reply was lost.
    pub(crate) fn rejects_equal_requests(&self) -> bool {
        matches!(self.entry().kind, CodeKind::NotFound | CodeKind::Rejected)
    }

    fn entry(&self) -> &'static CodeEntry {
        self.operation.code_entry(&self.code)
    }
}

/// Quotes the server's description, escaped and cut short.
fn description(desc: &str) -> String {
    const MAX: usize = 400;
    let desc = desc.trim();
    if desc.is_empty() {
        return String::new();
    }
    format!(" The server says: \"{}\".", printable(desc, MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code;

    const NAME: ParameterName = ParameterName::new("displayName", "display_name");
    const LIMIT: ParameterName = ParameterName::new("limit", "limit");
    const CODES: &[CodeEntry] = &[
        CodeEntry::new(
            "7",
            "Thing Not Found",
            "the thing does not exist",
            "Create it.",
        )
        .of_kind(CodeKind::NotFound)
        .at(NAME),
        CodeEntry::new(
            "8",
            "Name Already Used",
            "another thing has this name",
            "Choose another name.",
        )
        .of_kind(CodeKind::Conflict),
        code::WRONG_VALUE.advising("Check the name.").at(NAME),
    ];
    const LIST: &Operation = &Operation::read("list", "the things");
    const RENAME: &Operation = &Operation::write("rename", "the thing")
        .with_codes(&[CODES, code::COMMON])
        .with_parameters(&[NAME, LIMIT]);

    fn error(operation: &'static Operation, code: &str, desc: &str) -> ApiError {
        ApiError {
            code: ErrorCode::new(code),
            desc: desc.to_owned(),
            operation,
        }
    }

    #[test]
    fn a_code_is_explained_by_the_tables_of_its_operation() {
        let not_found = error(RENAME, "7", "");
        assert!(not_found.is_not_found());
        assert_eq!(not_found.summary(), "Thing Not Found");
        assert_eq!(
            not_found.to_string(),
            "CC-iSales refused to rename the thing: the thing does not exist (code 7). Create it."
        );
        let elsewhere = error(LIST, "7", "");
        assert!(!elsewhere.is_not_found());
        assert_eq!(elsewhere.summary(), "Unknown Error Code");
        // The first table that has the code counts.
        let text = error(RENAME, "02000007", "").to_string();
        assert!(text.ends_with("Check the name."), "{text}");
    }

    #[test]
    fn an_error_is_placed_on_the_parameter_it_concerns() {
        let parameter = |code, desc| error(RENAME, code, desc).parameter();
        assert_eq!(parameter("7", ""), Some(NAME));
        assert_eq!(parameter("7", "bad 'limit'"), Some(LIMIT));
        assert_eq!(parameter("0200001", ""), None);
        assert_eq!(parameter("0200001", "displayName is wrong"), Some(NAME));
        assert_eq!(parameter("9", ""), None);
    }

    #[test]
    fn the_description_is_quoted_escaped_and_cut() {
        assert_eq!(
            error(LIST, "0200001", "retryTimes\n is wrong").to_string(),
            "CC-iSales refused to list the things: a parameter is wrong (code 0200001). The server says: \"retryTimes\\n is wrong\". Correct the argument that the description names."
        );
        let text = error(LIST, "0200001", &"x".repeat(100_000)).to_string();
        assert!(text.len() < 1000);
    }

    #[test]
    fn only_a_rejection_settles_equal_requests() {
        for (code, settles) in [
            ("7", true),
            ("0200001", true),
            ("02000011", true),
            ("8", false),
            ("0200006", false),
            ("9", false),
        ] {
            let error = error(RENAME, code, "");
            assert_eq!(error.rejects_equal_requests(), settles, "{code}");
        }
    }
}
