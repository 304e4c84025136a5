//! A clock that shows the server's time.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use isales_client::clock::Clock;

/// A clock that is ahead of another one, or behind it.
#[derive(Debug)]
pub(super) struct OffsetClock {
    pub(super) clock: Arc<dyn Clock>,
    /// By how many seconds it is ahead; negative if it is behind.
    pub(super) seconds: i64,
}

// === impl OffsetClock ===

impl Clock for OffsetClock {
    fn now(&self) -> SystemTime {
        let now = self.clock.now();
        let by = Duration::from_secs(self.seconds.unsigned_abs());
        let moved = if self.seconds < 0 {
            now.checked_sub(by)
        } else {
            now.checked_add(by)
        };
        moved.unwrap_or(now)
    }
}
