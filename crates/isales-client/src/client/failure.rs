//! What is known of a call that failed.

use std::time::Duration;

use crate::error::Error;

/// A call that failed, and what the reply says about trying again.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Box<Error>,
    /// The HTTP status, if there was a reply.
    pub(super) status: Option<u16>,
    /// `Retry-After`.
    pub(super) retry_after: Option<Duration>,
    /// How far the server's clock is ahead, in seconds, if it gave the time.
    pub(super) seconds_ahead: Option<i64>,
}

// === impl Failure ===

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error: Box::new(error),
            status: None,
            retry_after: None,
            seconds_ahead: None,
        }
    }
}
