//! The argument `on_conflict`.

/// The reaction of an update or a restore to a policy that the plan did not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnConflict {
    /// Fail and show both policies.
    Refuse,
    /// Set the planned policy.
    Overwrite,
}

// === impl OnConflict ===

impl OnConflict {
    pub(super) const NAMES: &'static [&'static str] = &["refuse", "overwrite"];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Overwrite => "overwrite",
        }
    }

    /// Returns the variant with this name, or the default, which changes nothing.
    pub(super) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("overwrite") => Self::Overwrite,
            _ => Self::Refuse,
        }
    }
}
