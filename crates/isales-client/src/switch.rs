//! Switches of objects between two statuses: pausing and resuming.

/// A switch of an object that makes calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Switch {
    /// The object makes no more calls.
    Pause,
    /// The object may make calls again.
    Resume,
}

/// How it is known that a switch has taken effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switched {
    /// The server has confirmed the request, and the object has not been read since.
    Confirmed,
    /// The object was read after the request, and is as the switch leaves it. The reply was lost, or was
    /// a refusal that may mean that nothing is left to do.
    Shown,
}
