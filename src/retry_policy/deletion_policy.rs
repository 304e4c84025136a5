//! The argument `deletion_policy`.

/// The effect of a destroy, because the API cannot delete a retry policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeletionPolicy {
    /// Leave the campaign as it is.
    Abandon,
    /// Set the policy that the campaign had before.
    Restore,
    /// Fail.
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

    /// Returns the variant with this name, or the default, which changes nothing.
    pub(super) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("restore") => Self::Restore,
            Some("prevent") => Self::Prevent,
            _ => Self::Abandon,
        }
    }
}
