//! The clock, passed in wherever time of day matters.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

/// A source of the time of day, for signatures, `Retry-After` dates and clock skew.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Returns the current time.
    fn now(&self) -> SystemTime;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // The only place where this crate reads the clock.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Returns how far the server's clock is ahead of this machine's, in seconds; negative if behind.
pub(crate) fn seconds_ahead(server: SystemTime, local: SystemTime) -> i64 {
    let seconds = |by: Duration| i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
    match server.duration_since(local) {
        Ok(ahead) => seconds(ahead),
        Err(behind) => -seconds(behind.duration()),
    }
}

/// Returns how far the server's clock is ahead, by the value of a `Date` header.
pub(crate) fn seconds_ahead_by(date: &str, local: SystemTime) -> Option<i64> {
    let date = httpdate::parse_http_date(date).ok()?;
    Some(seconds_ahead(date, local))
}
