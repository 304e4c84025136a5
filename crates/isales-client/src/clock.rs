//! The clock, passed in wherever time of day matters.

use std::{fmt, time::SystemTime};

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
