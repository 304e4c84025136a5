//! The waits of a trial.

use std::time::Duration;

use isales_client::config::Endpoint;

use crate::doctor::finding::{Finding, Step};

/// The time that is left between two POSTs to a server that somebody works with.
const USUAL_PAUSE: Duration = Duration::from_secs(1);

/// When a policy is read back, counted from the reply to its POST.
const READS: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(10),
];

/// Further reads of a policy that is put back, which is worth more patience.
const LAST_READS: [Duration; 2] = [Duration::from_secs(20), Duration::from_secs(30)];

/// The first wait after the server has said that requests come too fast. It doubles each time.
const TOO_FAST: Duration = Duration::from_secs(2);
const LONGEST_TOO_FAST: Duration = Duration::from_secs(30);

/// How long a policy that was put back is watched if it is not known how far reads lag.
pub(super) const UNKNOWN_LAG: Duration = Duration::from_secs(10);

/// The least wait after a failure. It grows with each.
const AFTER_FAILURE: Duration = Duration::from_millis(200);

/// How long the policy is tried to be put back before the user is asked to.
const PATIENCE: Duration = Duration::from_secs(120);

/// The same once the user has asked for an end.
const PATIENCE_WHEN_STOPPED: Duration = Duration::from_secs(45);

/// The waits of a trial. Times are counted from its begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    /// The least time between a POST and the next one, and before a failed request is repeated.
    pub(super) pause: Duration,
}

// === impl Pace ===

impl Pace {
    /// Returns the pace with this pause, or with the usual one.
    ///
    /// Less than the usual pause is for a server on the user's own machine, such as a simulator:
    /// everywhere else the server is somebody's work, and whoever runs the command cannot know how
    /// busy it is.
    ///
    /// # Errors
    ///
    /// The pause is too short for the server.
    pub(super) fn new(pause: Option<Duration>, endpoint: &Endpoint) -> Result<Self, Box<Finding>> {
        let pause = pause.unwrap_or(USUAL_PAUSE);
        if pause < USUAL_PAUSE && !endpoint.is_loopback() {
            let summary = "not begun: the pause between two POSTs is shorter than 1 s, which only a \
                           server on this machine may be asked to take";
            let finding = Finding::problem(Step::Trial, "pause_too_short", summary);
            return Err(Box::new(
                finding.fix("Leave out --pause, or set it to 1s or more."),
            ));
        }
        Ok(Self { pause })
    }

    /// Returns when the read of this number is due, counted from the POST; none after the last.
    pub(super) fn read(is_last_write: bool, number: usize) -> Option<Duration> {
        let last: &[Duration] = if is_last_write { &LAST_READS } else { &[] };
        READS.iter().chain(last).nth(number).copied()
    }

    /// Returns the number of the first read that is due later than this long after the POST.
    pub(super) fn next_read(is_last_write: bool, elapsed: Duration) -> Option<usize> {
        (0..READS.len() + LAST_READS.len())
            .find(|number| Self::read(is_last_write, *number).is_some_and(|due| due > elapsed))
    }

    /// Returns how long to wait after this many failures.
    pub(super) fn after_failure(self, failures: u32) -> Duration {
        self.pause.max(AFTER_FAILURE) * failures
    }

    /// Returns how long to wait after the server has said this many times that requests come too fast.
    pub(super) fn too_fast(times: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(times.saturating_sub(1));
        TOO_FAST.saturating_mul(doubled).min(LONGEST_TOO_FAST)
    }

    /// Returns how long the policy is tried to be put back.
    pub(super) const fn patience(is_stopped: bool) -> Duration {
        if is_stopped {
            PATIENCE_WHEN_STOPPED
        } else {
            PATIENCE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_on_this_machine_may_be_hurried() {
        let pace = |pause, endpoint: &str| Pace::new(pause, &endpoint.parse().unwrap());
        let short = Duration::from_millis(999);
        for endpoint in ["https://isales.example.com:28443", "https://10.1.1.1"] {
            assert_eq!(
                pace(Some(short), endpoint).unwrap_err().code,
                "pause_too_short"
            );
            assert_eq!(pace(None, endpoint).unwrap().pause, USUAL_PAUSE);
            let long = Some(Duration::from_secs(5));
            assert_eq!(pace(long, endpoint).unwrap().pause, Duration::from_secs(5));
        }
        for endpoint in [
            "https://127.0.0.1:1",
            "https://[::1]:1",
            "https://localhost",
        ] {
            assert_eq!(pace(Some(short), endpoint).unwrap().pause, short);
        }
    }
}
