//! How the server treats call results, where the reference leaves it open.

/// How the server treats call results.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Behavior {
    /// The detail of a call result that does not exist.
    pub(crate) missing: MissingCallResult,
    /// Whether the delete of a call result is refused that a retry policy names.
    pub(crate) refuses_used: bool,
}

/// The detail of a call result that does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingCallResult {
    /// `0200001`.
    #[default]
    Refused,
    /// A success in which `obResult` is `null`.
    Null,
}
