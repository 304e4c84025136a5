//! Exponential backoff. Pure arithmetic: no clock, no randomness, no I/O.

use std::time::Duration;

/// The longest `Retry-After` that is honoured. A server cannot make a call wait longer.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(60);

/// Exponential backoff with full jitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// Maximum delay before the first retry. It doubles with each further retry.
    pub base: Duration,
    /// Maximum delay before any retry.
    pub cap: Duration,
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
    /// Returns the delay before a retry, counted from 0: `fraction × min(cap, base × 2^retry)`,
    /// plus the delay that the server asked for. `fraction` is a random number from 0 to 1.
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

#[cfg(test)]
mod tests {
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

    proptest! {
        #[test]
        fn no_wait_is_longer_than_the_caps(retry: u32, fraction in 0.0..=1.0, asked: Option<u64>) {
            let wait = BACKOFF.delay(retry, fraction, asked.map(Duration::from_secs));
            prop_assert!(wait <= BACKOFF.cap + MAX_RETRY_AFTER);
        }
    }
}
