//! Waits for a server whose reads lag behind its writes, as in a cluster or behind a cache.

use std::time::Duration;

use tfplugin::call::Call;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The waits between the reads of one object, each longer than the one before.
#[derive(Debug)]
pub(crate) struct LagWait {
    began: Instant,
    longest: Duration,
    pause: Duration,
}

/// The end of one wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    /// It is time to read again.
    ReadAgain,
    /// The longest time is over.
    Over,
    /// The call is cancelled.
    Cancelled,
}

// === impl LagWait ===

impl LagWait {
    /// Starts to wait for `longest`, and for at most nine tenths of the operation's remaining time, so
    /// that it ends with a result instead of a timeout.
    pub(crate) fn new<D>(call: &Call<'_, D>, longest: Duration) -> Self {
        let left = call.time_left();
        Self {
            began: Instant::now(),
            longest: left.map_or(longest, |left| longest.min(left * 9 / 10)),
            pause: FIRST_PAUSE,
        }
    }

    /// Returns the time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Waits until the next read is due.
    pub(crate) async fn next(&mut self, cancel: &CancellationToken) -> Waited {
        if self.elapsed() + self.pause > self.longest {
            return Waited::Over;
        }
        tokio::select! {
            biased;
            () = cancel.cancelled() => Waited::Cancelled,
            () = sleep(self.pause) => {
                self.pause = (self.pause * 2).min(LONGEST_PAUSE);
                Waited::ReadAgain
            }
        }
    }
}
