//! HTTP status 401.

use std::{fmt, time::Duration};

use super::Operation;

/// The server refused the signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{host} refused the signature of the request to {operation} (HTTP status 401).{time} Check access_key and secret_key (they are issued for CC-iSales by its operations personnel and are not those of IAM), {}that endpoint contains the host and port that the server knows itself by, and signed_headers and timestamp_precision in compatibility.", .time.advice()
)]
pub struct Unauthorized {
    /// The operation that was requested.
    pub operation: &'static Operation,
    /// The server, as in the Host header.
    pub host: String,
    /// Whether the time in the signature may be the reason.
    pub time: RefusedTime,
}

/// The verdict on the time in a refused signature, from the server's `Date` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedTime {
    /// The time is close enough to the server's clock, or the server sent no date.
    Plausible,
    /// The server's clock differs from the time in the signature.
    Off(ClockSkew),
    /// The server's clock differs from this machine's by too much to sign with its time.
    TooFarOff(ClockSkew),
    /// The time was already corrected to the server's, which differs from this machine's.
    Corrected(ClockSkew),
}

/// The difference between the server's clock and another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSkew {
    /// The server's clock is ahead by this much.
    ServerAhead(Duration),
    /// The server's clock is behind by this much.
    ServerBehind(Duration),
}

// === impl RefusedTime ===

impl RefusedTime {
    /// Names the clock in the list of things to check.
    const fn advice(self) -> &'static str {
        match self {
            Self::Corrected(_) => "",
            Self::Plausible | Self::Off(_) | Self::TooFarOff(_) => "the clock of this machine, ",
        }
    }
}

impl fmt::Display for RefusedTime {
    /// Writes a sentence that begins with a space, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plausible => Ok(()),
            Self::Off(skew) => write!(
                f,
                " Its clock is {skew} the time in it, which alone can make a signature invalid."
            ),
            Self::TooFarOff(skew) => write!(
                f,
                " Its clock is {skew} that of this machine, which alone makes a signature invalid. Because the difference is more than a day, the provider does not sign with the server's time. Set the clock that is wrong."
            ),
            Self::Corrected(skew) => write!(
                f,
                " The time in it was that of the server, whose clock is {skew} that of this machine, so the clocks are not the reason."
            ),
        }
    }
}

// === impl ClockSkew ===

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerAhead(by) => write!(f, "{} seconds ahead of", by.as_secs()),
            Self::ServerBehind(by) => write!(f, "{} seconds behind", by.as_secs()),
        }
    }
}
