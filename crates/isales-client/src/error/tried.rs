//! How often a call was tried, and why it is not tried again.

use std::{fmt, time::Duration};

/// The attempts of a call that was cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Number of attempts that failed.
    pub attempts: u32,
    /// The message of the last failure.
    pub last_error: String,
}

/// The reason why a call is not tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryEnd {
    /// It was tried as often as the settings allow.
    MaxRetries,
    /// The retry budget, which all calls share, is spent.
    Budget,
    /// The next attempt would come too late.
    TooLate {
        /// The time until the next attempt.
        wait: Duration,
        /// The time that the server asks to wait, if it does.
        asked: Option<Duration>,
        /// The time that is left.
        left: Duration,
    },
}

/// Begins a sentence with the number of attempts.
pub(super) fn count(attempts: u32) -> String {
    match attempts {
        1 => "It was tried once".to_owned(),
        attempts => format!("It was tried {attempts} times"),
    }
}

// === impl Tried ===

impl Tried {
    /// Describes the attempts before a cancellation, in sentences that begin with a space.
    pub(super) fn earlier(tried: Option<&Self>) -> String {
        tried.map_or_else(String::new, |tried| {
            let count = count(tried.attempts);
            format!(" {count}. Last error: {}", tried.last_error)
        })
    }
}

// === impl RetryEnd ===

impl fmt::Display for RetryEnd {
    /// Ends the sentence that says how often the call was tried.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxRetries => f.write_str(", as often as max_retries allows."),
            Self::Budget => f.write_str(
                ", and not again, because too many requests of this run have failed: the retry budget, which all requests share, is spent.",
            ),
            Self::TooLate {
                wait,
                asked: None,
                left,
            } => write!(
                f,
                ", and not again, because the next attempt would be made in {:?} and the timeout of the operation ends in {:?}. Run again, or raise that timeout.",
                rounded(*wait),
                rounded(*left)
            ),
            Self::TooLate {
                asked: Some(asked),
                left,
                ..
            } => write!(
                f,
                ", and not again, because the server asks to wait for {:?} and the timeout of the operation ends in {:?}. Run again after that time.",
                rounded(*asked),
                rounded(*left)
            ),
        }
    }
}

/// Rounds down to tenths of a second.
fn rounded(duration: Duration) -> Duration {
    let millis = duration.subsec_millis() / 100 * 100;
    Duration::from_secs(duration.as_secs()) + Duration::from_millis(millis.into())
}
