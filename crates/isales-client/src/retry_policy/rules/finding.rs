//! Findings of the validation.

use super::title::RuleTitle;
use crate::parameter::ParameterPath;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The API would reject the policy, or could not read it.
    Error,
    /// The policy is probably not what its author means.
    Warning,
}

/// A finding of the validation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The severity.
    pub severity: Severity,
    /// The path of the value at fault.
    pub place: ParameterPath,
    /// A title of a few words, without a full stop.
    pub summary: &'static str,
    /// Sentences that name the argument, its value and the fix.
    pub detail: String,
}

// === impl Finding ===

impl Finding {
    pub(crate) fn error(place: ParameterPath, title: RuleTitle, detail: String) -> Self {
        Self {
            severity: Severity::Error,
            place,
            summary: title.text(),
            detail,
        }
    }

    pub(crate) fn warning(place: ParameterPath, title: RuleTitle, detail: String) -> Self {
        Self {
            severity: Severity::Warning,
            place,
            summary: title.text(),
            detail,
        }
    }
}
