//! The arithmetic of retries: how long to wait, and whether to try at all. No clock, no chance and
//! no I/O in here.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

/// The longest that a `Retry-After` is obeyed. A server cannot make a call wait longer.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(60);

/// Exponential backoff with full jitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The most to wait before the first retry. It doubles with each further one.
    pub base: Duration,
    /// The most to wait before any retry.
    pub cap: Duration,
}

/// How many retries the process can afford.
///
/// Each retry takes from it and each success gives back, so that retries die down when most
/// requests fail, instead of multiplying the load on a server in trouble.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
}

// === impl Backoff ===

impl Default for Backoff {
    fn default() -> Self {
        Self {
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
        }
    }
}

impl Backoff {
    /// The wait before a retry, counted from 0: `fraction × min(cap, base × 2^retry)`, on top of
    /// what the server asked for. The fraction is a random number from 0 to 1.
    pub(crate) fn delay(
        &self,
        retry: u32,
        fraction: f64,
        retry_after: Option<Duration>,
    ) -> Duration {
        let longest = 2_u32
            .checked_pow(retry)
            .and_then(|factor| self.base.checked_mul(factor))
            .map_or(self.cap, |delay| delay.min(self.cap));
        let asked = retry_after.unwrap_or_default().min(MAX_RETRY_AFTER);
        asked + longest.mul_f64(fraction.clamp(0.0, 1.0))
    }
}

// === impl RetryBudget ===

impl RetryBudget {
    const FULL: u32 = 500;
    const RETRY: u32 = 5;
    const SUCCESS: u32 = 1;

    pub(crate) const fn new() -> Self {
        Self {
            tokens: AtomicU32::new(Self::FULL),
        }
    }

    /// Takes what a retry costs; false if there is not enough left.
    pub(crate) fn take(&self) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(Self::RETRY)
            })
            .is_ok()
    }

    /// Gives back after a success what its retries have cost, and a little for every success.
    pub(crate) fn give_back(&self, retries: u32) {
        let tokens = Self::SUCCESS.saturating_add(Self::RETRY.saturating_mul(retries));
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                Some(left.saturating_add(tokens).min(Self::FULL))
            });
    }
}

/// Reads a `Retry-After` header: seconds, or a date in HTTP form. A date in the past is no wait.
pub(crate) fn parse_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are as good as the longest wait.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;

    const BACKOFF: Backoff = Backoff {
        base: Duration::from_millis(100),
        cap: Duration::from_secs(5),
    };

    #[test]
    fn the_longest_wait_doubles_up_to_the_cap() {
        let longest = |retry| BACKOFF.delay(retry, 1.0, None).as_millis();
        assert_eq!(
            [0, 1, 2, 5, 6, 40].map(longest),
            [100, 200, 400, 3200, 5000, 5000]
        );
    }

    #[test]
    fn retry_after_is_the_least_wait_and_clamped() {
        let wait = |asked| BACKOFF.delay(0, 0.5, Some(Duration::from_secs(asked)));
        assert_eq!(wait(3), Duration::from_millis(3_050));
        assert_eq!(wait(u64::MAX), Duration::from_millis(60_050));
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |value| parse_retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(read(" 7 "), Some(7));
        assert_eq!(read("99999999999999999999999"), Some(u64::MAX));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:42 GMT"), Some(5));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:30 GMT"), Some(0));
        for text in ["", "-1", "soon", "1.5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_budget_runs_dry_and_recovers_with_successes() {
        let budget = RetryBudget::new();
        let mut retries = 0;
        while budget.take() {
            retries += 1;
        }
        assert_eq!(retries, 100);
        budget.give_back(0);
        assert!(!budget.take());
        budget.give_back(1);
        assert!(budget.take());
        budget.give_back(u32::MAX);
        assert_eq!(budget.tokens.into_inner(), RetryBudget::FULL);
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_the_caps(retry: u32, fraction in 0.0..=1.0, asked: Option<u64>) {
            let wait = BACKOFF.delay(retry, fraction, asked.map(Duration::from_secs));
            prop_assert!(wait <= BACKOFF.cap + MAX_RETRY_AFTER);
        }

        #[test]
        fn no_header_makes_it_panic(value: String) {
            let _ = parse_retry_after(&value, UNIX_EPOCH);
        }
    }
}
