//! The argument `deletion_policy`.

/// What destroying does, as the API has no way to delete a retry policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeletionPolicy {
    /// Leave the campaign as it is.
    Abandon,
    /// Set what the campaign had before.
    Restore,
    /// Refuse.
    Prevent,
}

// === impl DeletionPolicy ===

impl DeletionPolicy {
    pub(super) const NAMES: &'static [&'static str] = &["abandon", "restore", "prevent"];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Abandon => "abandon",
            Self::Restore => "restore",
            Self::Prevent => "prevent",
        }
    }

    /// The policy of this name; anything else is the default, which does the least.
    pub(super) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("restore") => Self::Restore,
            Some("prevent") => Self::Prevent,
            _ => Self::Abandon,
        }
    }
}
