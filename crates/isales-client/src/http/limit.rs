//! How many requests at a time, and how many in a second.

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

/// How much of a late start the ones after it make up for. Timers are late by a millisecond or so,
/// which adds up where many requests start in a second; a pause is not made up for.
const LATENESS: Duration = Duration::from_millis(10);

/// The limits that all requests of a client share. Both serve in the order of asking.
#[derive(Debug)]
pub(crate) struct Limits {
    at_a_time: Arc<Semaphore>,
    pace: Option<Pace>,
}

/// Leave to make one request. Dropped when the request is over.
#[derive(Debug)]
pub(crate) struct Permit {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Spaces the starts of requests evenly, and never allows more of them in a second.
#[derive(Debug)]
struct Pace {
    per_second: usize,
    interval: Duration,
    schedule: Mutex<Schedule>,
}

/// When requests started, and when the next may.
#[derive(Debug)]
struct Schedule {
    /// When the next start is due by the spacing.
    due: Instant,
    /// The starts of the last second, the oldest first.
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

    /// Waits for a turn. A caller that gives up waiting takes nobody's place.
    pub(crate) async fn turn(&self) -> Permit {
        // The semaphore is never closed, so there is always a permit.
        let permit = Arc::clone(&self.at_a_time).acquire_owned().await.ok();
        if let Some(pace) = &self.pace {
            pace.start().await;
        }
        Permit { _permit: permit }
    }
}

// === impl Pace ===

impl Pace {
    /// Returns when the next request may start. Nothing is noted before, so that a caller who gives
    /// up waiting leaves no trace.
    async fn start(&self) {
        let mut schedule = self.schedule.lock().await;
        let earliest = schedule.earliest(self.per_second);
        // A timer that is due already would still wait for its next tick.
        if earliest > Instant::now() {
            sleep_until(earliest).await;
        }
        schedule.note(Instant::now(), self.interval);
    }
}

// === impl Schedule ===

impl Schedule {
    /// When it is due, and a second after the start that is as many starts ago as a second may have.
    fn earliest(&self, per_second: usize) -> Instant {
        let oldest = self.recent.len().checked_sub(per_second);
        match oldest.and_then(|index| self.recent.get(index)) {
            Some(oldest) => self.due.max(*oldest + SECOND),
            None => self.due,
        }
    }

    fn note(&mut self, now: Instant, interval: Duration) {
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

    /// When so many requests start that all ask at once.
    async fn starts(limits: &Arc<Limits>, count: usize) -> Vec<Duration> {
        let begin = Instant::now();
        let tasks: Vec<_> = (0..count)
            .map(|_| {
                let limits = Arc::clone(limits);
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
        // Who asks first starts first.
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
    async fn who_gives_up_waiting_takes_nobodys_place() {
        let limits = limits(2);
        limits.turn().await;
        let begin = Instant::now();
        for _ in 0..9 {
            let wait = tokio::time::timeout(Duration::from_millis(10), limits.turn());
            assert!(wait.await.is_err());
        }
        limits.turn().await;
        assert!(begin.elapsed() <= SECOND / 2 + Duration::from_millis(1));
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

    #[tokio::test(start_paused = true)]
    async fn turns_come_in_the_order_of_asking() {
        for limits in [
            Limits::new(NonZeroUsize::MIN, None),
            Limits::new(NonZeroUsize::MAX, NonZeroU32::new(20)),
        ] {
            let limits = Arc::new(limits);
            let first = limits.turn().await;
            let order = Arc::new(std::sync::Mutex::new(Vec::new()));
            let tasks: Vec<_> = (0..10)
                .map(|number| {
                    let (limits, order) = (Arc::clone(&limits), Arc::clone(&order));
                    tokio::spawn(async move {
                        let _turn = limits.turn().await;
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
