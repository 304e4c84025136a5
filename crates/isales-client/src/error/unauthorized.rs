//! HTTP status 401.

use std::{fmt, time::Duration};

use super::Operation;

/// The server refused the signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{host} refused the signature of the request to {operation} (HTTP status 401).{time} Check access_key and secret_key (they are issued for CC-iSales by its operations personnel and are not those of IAM), {}that endpoint names host and port as the server knows them, and signed_headers and timestamp_precision in compatibility.", .time.advice()
)]
pub struct Unauthorized {
    /// What was asked.
    pub operation: Operation,
    /// The server, as in the Host header.
    pub host: String,
    /// Whether it may be the time in the signature that is refused.
    pub time: RefusedTime,
}

/// What the `Date` header of a server says about the time in a signature that it refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedTime {
    /// Nothing against the clock of this machine.
    Plausible,
    /// The server's clock is that far from the time in the signature.
    Off(ClockSkew),
    /// The server's clock is that far from this machine's: too far for signing with its time.
    TooFarOff(ClockSkew),
    /// The time was the server's own, which is that far from this machine's.
    Corrected(ClockSkew),
}

/// How far the server's clock is from another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSkew {
    /// The server's clock is ahead by this.
    ServerAhead(Duration),
    /// The server's clock is behind by this.
    ServerBehind(Duration),
}

// === impl RefusedTime ===

impl RefusedTime {
    /// The clock's part in the list of what to check.
    const fn advice(self) -> &'static str {
        match self {
            Self::Corrected(_) => "",
            Self::Plausible | Self::Off(_) | Self::TooFarOff(_) => "the clock of this machine, ",
        }
    }
}

impl fmt::Display for RefusedTime {
    /// A sentence with a space before it, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plausible => Ok(()),
            Self::Off(skew) => write!(
                f,
                " Its clock is {skew} the time in it, which alone can make a signature invalid."
            ),
            Self::TooFarOff(skew) => write!(
                f,
                " Its clock is {skew} that of this machine, which alone makes a signature invalid; as it is more than a day, the provider does not sign with the server's time. Set the clock that is wrong."
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
