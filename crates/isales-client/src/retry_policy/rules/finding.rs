//! What validation finds.

use crate::parameter::ParameterPath;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The API would refuse the policy, or could not read it.
    Error,
    /// The policy is likely not what its author means.
    Warning,
}

/// One thing that validation found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The value it is about.
    pub place: ParameterPath,
    /// A few words, without a full stop.
    pub summary: &'static str,
    /// Sentences that name the parameter, the value found and the fix.
    pub detail: String,
}

// === impl Finding ===

impl Finding {
    pub(crate) fn error(place: ParameterPath, summary: &'static str, detail: String) -> Self {
        Self {
            severity: Severity::Error,
            place,
            summary,
            detail,
        }
    }

    pub(crate) fn warning(place: ParameterPath, summary: &'static str, detail: String) -> Self {
        Self {
            severity: Severity::Warning,
            place,
            summary,
            detail,
        }
    }
}
