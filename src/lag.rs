//! Waits for a server whose reads lag behind its writes, as in a cluster or behind a cache.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tfplugin::call::Call;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::provider_data::ProviderData;

/// The longest wait for reads that do not show a write yet.
pub(crate) const LONGEST_LAG: Duration = Duration::from_secs(30);

/// The longest wait after one in the same run has been in vain.
pub(crate) const LONGEST_LAG_AFTER_ONE: Duration = Duration::from_secs(3);

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

/// What the run knows of the lag.
#[derive(Debug, Default)]
struct LagHistory {
    had_wait_in_vain: AtomicBool,
}

/// The last of several reads.
#[derive(Debug)]
pub(crate) struct LastRead<T> {
    /// What it has returned.
    pub(crate) value: T,
    /// How long the write had not shown by then, if the wait ended without it.
    pub(crate) waited_in_vain: Option<Duration>,
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

/// Reads until `lags` no longer says that the write does not show yet, for at most 30 seconds, or 3
/// once such a wait was in vain in this run.
///
/// # Errors
/// A read has failed.
pub(crate) async fn read_until_shown<T, E, R>(
    call: &Call<'_, ProviderData>,
    read: impl Fn() -> R,
    lags: impl Fn(&T) -> bool,
) -> Result<LastRead<T>, E>
where
    R: Future<Output = Result<T, E>>,
{
    let history = call.session::<LagHistory>();
    let longest = if history.had_wait_in_vain.load(Ordering::Relaxed) {
        LONGEST_LAG_AFTER_ONE
    } else {
        LONGEST_LAG
    };
    let mut wait = LagWait::new(call, longest);
    loop {
        let value = read().await?;
        if !lags(&value) {
            return Ok(LastRead {
                value,
                waited_in_vain: None,
            });
        }
        let waited = wait.elapsed();
        match wait.next(call.cancel).await {
            Waited::ReadAgain => log::info!(
                waited_ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
                "The server does not show the change yet, reading again"
            ),
            end @ (Waited::Over | Waited::Cancelled) => {
                if end == Waited::Over {
                    history.had_wait_in_vain.store(true, Ordering::Relaxed);
                }
                return Ok(LastRead {
                    value,
                    waited_in_vain: Some(waited),
                });
            }
        }
    }
}
