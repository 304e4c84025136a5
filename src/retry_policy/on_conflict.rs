//! The argument `on_conflict`.

/// What an update does about a change that nobody planned.
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

    /// The rule of this name; anything else is the default, which changes nothing.
    pub(super) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("overwrite") => Self::Overwrite,
            _ => Self::Refuse,
        }
    }
}
