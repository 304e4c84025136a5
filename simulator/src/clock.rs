//! The server's clock, which tests can replace.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime},
};

/// A source of the current time, with an offset that can change while the server runs.
#[derive(Clone)]
pub struct Clock {
    source: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    offset_seconds: Arc<AtomicI64>,
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

    /// Sets the clock ahead of its source (positive) or behind it (negative), in seconds.
    pub fn set_offset(&self, seconds: i64) {
        self.offset_seconds.store(seconds, Ordering::Relaxed);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("offset_seconds", &self.offset_seconds)
            .finish_non_exhaustive()
    }
}
