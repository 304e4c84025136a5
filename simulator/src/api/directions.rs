//! How a script wants a request answered.

use crate::shape::Shape;

/// Departures from the server's settings, for one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directions {
    /// The shape of the reply.
    pub(crate) shape: Option<Shape>,
    /// Whether the reply shows what was there before the last POST.
    pub(crate) stale: bool,
}
