//! The clock, passed in wherever time of day matters.

use std::{fmt, time::SystemTime};

/// Tells the time of day. Signatures, `Retry-After` dates and clock-skew detection ask it.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present moment.
    fn now(&self) -> SystemTime;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // The one edge where the client reads the clock.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}
