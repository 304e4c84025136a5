//! What came of a walk.

use std::collections::BTreeSet;

/// A way out of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// `-refresh=false`
    SkipRefresh,
    /// `on_conflict = "overwrite"`
    Overwrite,
    /// `deletion_policy = "abandon"`
    Abandon,
}

/// What came of a walk.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Whether it had to work without a way out.
    pub(super) has_to_work: bool,
    /// The ways out that it took.
    pub(super) ways: BTreeSet<Way>,
    /// The errors and warnings of a server that may refuse.
    pub(super) refusals: Vec<String>,
    /// Errors without a way out, and anything that was not true.
    pub(super) stuck: Vec<String>,
}

// === impl Way ===

impl Way {
    pub(super) const ALL: [Self; 3] = [Self::SkipRefresh, Self::Overwrite, Self::Abandon];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::SkipRefresh => "-refresh=false",
            Self::Overwrite => "on_conflict = \"overwrite\"",
            Self::Abandon => "deletion_policy = \"abandon\"",
        }
    }
}
