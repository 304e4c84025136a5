//! Calls that their caller cancelled.

use std::fmt;

use super::{
    operation::{Operation, Sent},
    tried::Tried,
};

/// The caller cancelled the call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The request to {operation} was cancelled{}{waiting}{}", .operation.cancelled(*.sent), Tried::earlier(.tried.as_ref()))]
pub struct Cancelled {
    /// The operation that was cancelled.
    pub operation: &'static Operation,
    /// Whether the server may have received the request.
    pub sent: Sent,
    /// What the call was waiting for.
    pub waiting: Waiting,
    /// The attempts before, if there were any.
    pub tried: Option<Tried>,
}

/// What a call was waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The reply to a request, or the time of the next attempt.
    Server,
    /// The limits of this client.
    Limits,
}

impl fmt::Display for Waiting {
    /// Writes a sentence that begins with a space, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server => Ok(()),
            Self::Limits => f.write_str(
                " It was waiting for other requests, as max_concurrent_requests or requests_per_second allowed no more.",
            ),
        }
    }
}
