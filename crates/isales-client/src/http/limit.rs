//! Limits on concurrent requests and on requests per second.

use std::{
    collections::VecDeque,
    num::{NonZeroU32, NonZeroUsize},
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{Mutex, OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep_until},
};

const SECOND: Duration = Duration::from_secs(1);

/// How far later starts may catch up with a late one. Timers are late by a millisecond or so, which
/// adds up at many requests per second. Longer pauses are not caught up with.
const LATENESS: Duration = Duration::from_millis(10);

/// The limits that all requests of a client share. Both serve requests in the order of arrival.
#[derive(Debug)]
pub(crate) struct Limits {
    at_a_time: Arc<Semaphore>,
    pace: Option<Pace>,
}

/// Permission to make one request, until dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Spaces the starts of requests evenly, and never exceeds the limit in any second.
#[derive(Debug)]
struct Pace {
    per_second: usize,
    interval: Duration,
    schedule: Mutex<Schedule>,
}

/// Recent starts, and the earliest next one.
#[derive(Debug)]
struct Schedule {
    /// The time of the next start by even spacing.
    due: Instant,
    /// The starts of the last second, oldest first.
    recent: VecDeque<Instant>,
}

// === impl Limits ===

impl Limits {
    pub(crate) fn new(at_a_time: NonZeroUsize, per_second: Option<NonZeroU32>) -> Self {
        Self {
            at_a_time: Arc::new(Semaphore::new(at_a_time.get().min(Semaphore::MAX_PERMITS))),
            pace: per_second.map(|count| Pace {
                per_second: usize::try_from(count.get()).unwrap_or(usize::MAX),
                interval: SECOND / count.get(),
                schedule: Mutex::new(Schedule {
                    due: Instant::now(),
                    recent: VecDeque::new(),
                }),
            }),
        }
    }

    /// Waits for a permit. A caller that stops waiting delays nobody.
    pub(crate) async fn acquire(&self) -> Permit {
        // The semaphore is never closed, so this always succeeds.
        let permit = Arc::clone(&self.at_a_time).acquire_owned().await.ok();
        if let Some(pace) = &self.pace {
            pace.start().await;
        }
        Permit { _permit: permit }
    }
}

// === impl Pace ===

impl Pace {
    /// Returns when the next request may start. The start is recorded only then, so a caller that
    /// stops waiting leaves no trace.
    async fn start(&self) {
        let mut schedule = self.schedule.lock().await;
        let earliest = schedule.earliest(self.per_second);
        // A timer for a time in the past would still wait for its next tick.
        if earliest > Instant::now() {
            sleep_until(earliest).await;
        }
        schedule.record(Instant::now(), self.interval);
    }
}

// === impl Schedule ===

impl Schedule {
    /// Returns the later of the due time and one second after the start `per_second` starts ago.
    fn earliest(&self, per_second: usize) -> Instant {
        let oldest = self.recent.len().checked_sub(per_second);
        match oldest.and_then(|index| self.recent.get(index)) {
            Some(oldest) => self.due.max(*oldest + SECOND),
            None => self.due,
        }
    }

    fn record(&mut self, now: Instant, interval: Duration) {
        while let Some(oldest) = self.recent.front()
            && now.duration_since(*oldest) >= SECOND
        {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
        let behind = now.checked_sub(LATENESS).unwrap_or(now);
        self.due = self.due.max(behind) + interval;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_second: u32) -> Arc<Limits> {
        Arc::new(Limits::new(NonZeroUsize::MAX, NonZeroU32::new(per_second)))
    }

    /// Returns the start times of `count` requests that ask at once.
    async fn starts(limits: &Arc<Limits>, count: usize) -> Vec<Duration> {
        let begin = Instant::now();
        let tasks: Vec<_> = (0..count)
            .map(|_| {
                let limits = Arc::clone(limits);
                tokio::spawn(async move {
                    limits.acquire().await;
                    begin.elapsed()
                })
            })
            .collect();
        let mut starts = Vec::new();
        for task in tasks {
            starts.push(task.await.unwrap());
        }
        // Requests start in the order of arrival.
        assert!(starts.is_sorted());
        starts
    }

    fn assert_no_second_has_more(starts: &[Duration], per_second: usize) {
        for window in starts.windows(per_second + 1) {
            assert!(window[per_second] - window[0] >= SECOND, "{window:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_starts_than_allowed_nor_far_fewer() {
        for per_second in [1_u16, 20, 100, 999, 1000, 1001, 10_000] {
            let limits = limits(per_second.into());
            let count = 3 * usize::from(per_second) + 1;
            let starts = starts(&limits, count).await;
            assert_no_second_has_more(&starts, per_second.into());
            let took = starts[count - 1];
            assert!(took >= 3 * SECOND, "{per_second}: {took:?}");
            assert!(took.mul_f64(0.95) <= 3 * SECOND, "{per_second}: {took:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_not_made_up_for() {
        for per_second in [20_u16, 1000] {
            let limits = limits(per_second.into());
            let begin = Instant::now();
            let mut all = Vec::new();
            for pause in [0, 30, 700, 5000] {
                tokio::time::sleep(Duration::from_millis(pause)).await;
                let since = begin.elapsed();
                let count = usize::from(per_second);
                let starts = starts(&limits, count).await;
                // Even after a pause the starts are spread.
                assert!(starts[count - 1] > SECOND.mul_f64(0.9), "{starts:?}");
                all.extend(starts.iter().map(|start| since + *start));
            }
            assert_no_second_has_more(&all, per_second.into());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_caller_that_stops_waiting_delays_nobody() {
        let limits = limits(2);
        limits.acquire().await;
        let begin = Instant::now();
        for _ in 0..9 {
            let wait = tokio::time::timeout(Duration::from_millis(10), limits.acquire());
            assert!(wait.await.is_err());
        }
        limits.acquire().await;
        assert!(begin.elapsed() <= SECOND / 2 + Duration::from_millis(1));
    }

    #[tokio::test]
    async fn permits_are_limited_and_abandoned_ones_are_not_lost() {
        let limits = Limits::new(NonZeroUsize::MIN, None);
        let first = limits.acquire().await;
        {
            let mut waiting = Box::pin(limits.acquire());
            assert!(futures_poll(&mut waiting).is_none());
        }
        drop(first);
        let mut next = Box::pin(limits.acquire());
        assert!(futures_poll(&mut next).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn permits_come_in_the_order_of_arrival() {
        for limits in [
            Limits::new(NonZeroUsize::MIN, None),
            Limits::new(NonZeroUsize::MAX, NonZeroU32::new(20)),
        ] {
            let limits = Arc::new(limits);
            let first = limits.acquire().await;
            let order = Arc::new(std::sync::Mutex::new(Vec::new()));
            let tasks: Vec<_> = (0..10)
                .map(|number| {
                    let (limits, order) = (Arc::clone(&limits), Arc::clone(&order));
                    tokio::spawn(async move {
                        let _permit = limits.acquire().await;
                        order.lock().unwrap().push(number);
                    })
                })
                .collect();
            // All of them ask before the first is over.
            tokio::task::yield_now().await;
            assert_eq!(*order.lock().unwrap(), [0; 0]);
            drop(first);
            for task in tasks {
                task.await.unwrap();
            }
            assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }
    }

    fn futures_poll<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::Pin::new(future).poll(&mut context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        }
    }
}
