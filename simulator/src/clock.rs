//! The server's clock, which tests can replace.

use std::{
    fmt,
    num::ParseIntError,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime},
};

use serde::Deserialize;
use thiserror::Error;

/// The farthest that a clock is set, in seconds: ten years. Every time within it has a date in HTTP.
const FARTHEST: i64 = 10 * 365 * 24 * 60 * 60;

/// A source of the current time, with an offset that can change while the server runs.
#[derive(Clone)]
pub struct Clock {
    source: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    offset_seconds: Arc<AtomicI64>,
}

/// How far a clock is set ahead of its source (positive) or behind it (negative): at most ten years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct ClockOffset(i64);

/// An offset that a clock cannot be set to.
#[derive(Debug, Error)]
pub enum ClockOffsetError {
    /// It is no whole number.
    #[error("it is not a whole number of seconds: {0}")]
    NotANumber(#[from] ParseIntError),
    /// It is too far.
    #[error("{0} is not a number of seconds from -{FARTHEST} to {FARTHEST}, which are ten years")]
    TooFar(i64),
}

// === impl Clock ===

impl Clock {
    /// Creates a clock that reads the time of the machine.
    #[expect(
        clippy::disallowed_methods,
        reason = "the only place where the simulator reads the machine's clock"
    )]
    pub fn system() -> Self {
        Self::from_fn(SystemTime::now)
    }

    /// Creates a clock that reads `source`.
    pub fn from_fn(source: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            source: Arc::new(source),
            offset_seconds: Arc::default(),
        }
    }

    /// Returns the current time, including the offset.
    pub fn now(&self) -> SystemTime {
        let now = (self.source)();
        let offset = self.offset_seconds.load(Ordering::Relaxed);
        let distance = Duration::from_secs(offset.unsigned_abs());
        let shifted = if offset < 0 {
            now.checked_sub(distance)
        } else {
            now.checked_add(distance)
        };
        shifted.unwrap_or(now)
    }

    /// Sets the clock ahead of its source (positive) or behind it (negative), in seconds, by ten years at
    /// most.
    pub fn set_offset(&self, seconds: i64) {
        let seconds = seconds.clamp(-FARTHEST, FARTHEST);
        self.offset_seconds.store(seconds, Ordering::Relaxed);
    }
}

// === impl ClockOffset ===

impl ClockOffset {
    /// Returns the offset in seconds.
    pub fn seconds(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for ClockOffset {
    type Error = ClockOffsetError;

    fn try_from(seconds: i64) -> Result<Self, ClockOffsetError> {
        if (-FARTHEST..=FARTHEST).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(ClockOffsetError::TooFar(seconds))
        }
    }
}

impl FromStr for ClockOffset {
    type Err = ClockOffsetError;

    fn from_str(text: &str) -> Result<Self, ClockOffsetError> {
        text.parse::<i64>()?.try_into()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("offset_seconds", &self.offset_seconds)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_at_most_ten_years_off() {
        for seconds in ["0", "-900", "315360000", "-315360000"] {
            let offset = seconds.parse::<ClockOffset>().unwrap();
            assert_eq!(offset.seconds().to_string(), seconds);
        }
        for seconds in [
            "315360001",
            "-2000000000",
            "9223372036854775807",
            "9e18",
            "",
        ] {
            assert!(seconds.parse::<ClockOffset>().is_err(), "{seconds}");
        }
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let clock = Clock::from_fn(move || start);
        clock.set_offset(i64::MIN);
        let off_by = start.duration_since(clock.now()).unwrap();
        assert_eq!(i64::try_from(off_by.as_secs()), Ok(FARTHEST));
    }
}
