//! How many requests at a time, and how many in a second.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{Mutex, OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep_until},
};

/// The limits that all requests of a client share. Both serve in the order of asking.
#[derive(Debug)]
pub(super) struct Limits {
    at_a_time: Arc<Semaphore>,
    pace: Option<Pace>,
}

/// Leave to make one request. Dropped when the request is over.
#[derive(Debug)]
pub(super) struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Spaces the starts of requests evenly.
#[derive(Debug)]
struct Pace {
    interval: Duration,
    next: Mutex<Instant>,
}

// === impl Limits ===

impl Limits {
    pub(super) fn new(at_a_time: NonZeroUsize, per_second: Option<NonZeroU32>) -> Self {
        Self {
            at_a_time: Arc::new(Semaphore::new(at_a_time.get().min(Semaphore::MAX_PERMITS))),
            pace: per_second.map(|count| Pace {
                interval: Duration::from_secs(1) / count.get(),
                next: Mutex::new(Instant::now()),
            }),
        }
    }

    /// Waits for a turn. A caller that gives up waiting takes nobody's place.
    pub(super) async fn turn(&self) -> Turn {
        // The semaphore is never closed, so there is always a permit.
        let permit = Arc::clone(&self.at_a_time).acquire_owned().await.ok();
        if let Some(pace) = &self.pace {
            pace.start().await;
        }
        Turn { _permit: permit }
    }
}

// === impl Pace ===

impl Pace {
    /// Returns at least an interval after it last returned. The next start counts from now, not
    /// from when it was due, so that a late start is not followed by an early one.
    async fn start(&self) {
        let mut next = self.next.lock().await;
        sleep_until(*next).await;
        *next = Instant::now() + self.interval;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_starts_than_allowed() {
        let limits = Arc::new(Limits::new(NonZeroUsize::MAX, NonZeroU32::new(20)));
        let begin = Instant::now();
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let limits = Arc::clone(&limits);
                tokio::spawn(async move {
                    limits.turn().await;
                    begin.elapsed()
                })
            })
            .collect();
        let mut starts = Vec::new();
        for task in tasks {
            starts.push(task.await.unwrap());
        }
        starts.sort_unstable();
        for window in starts.windows(22) {
            assert!(window[21] - window[0] > Duration::from_secs(1));
        }
        assert!(starts[99] < Duration::from_secs(6), "{:?}", starts[99]);
    }

    #[tokio::test]
    async fn turns_are_limited_and_given_up_ones_are_not_lost() {
        let limits = Limits::new(NonZeroUsize::MIN, None);
        let first = limits.turn().await;
        {
            let mut waiting = Box::pin(limits.turn());
            assert!(futures_poll(&mut waiting).is_none());
        }
        drop(first);
        let mut next = Box::pin(limits.turn());
        assert!(futures_poll(&mut next).is_some());
    }

    fn futures_poll<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::Pin::new(future).poll(&mut context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        }
    }
}
