//! What is known of a call that failed.

use std::time::Duration;

use crate::error::Error;

/// A call that failed, and what the reply says about trying again.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Box<Error>,
    /// The HTTP status, if there was a reply.
    pub(crate) status: Option<u16>,
    /// `Retry-After`.
    pub(crate) retry_after: Option<Duration>,
    /// How far the server's clock is ahead, in seconds, if it gave the time.
    pub(crate) seconds_ahead: Option<i64>,
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
