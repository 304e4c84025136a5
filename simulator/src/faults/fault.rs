//! Faults that the server can inject.

use std::{collections::BTreeMap, fmt, str::FromStr};

use fastrand::Rng;
use serde::{Deserialize, Serialize};

/// A fault.
///
/// *Stored* means that the request was handled, so a write took effect even if the client cannot
/// know it; *not stored* means that it was not handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Resets the connection; not stored.
    ResetBeforeStored,
    /// Resets the connection; stored.
    ResetAfterStored,
    /// Closes the connection before the reply, without ending TLS; stored.
    CloseAfterStored,
    /// Sends half of the reply, then closes the connection; stored.
    CutShort,
    /// Sends the reply, then spaces without end; stored.
    EndlessBody,
    /// Sends the reply one byte at a time; stored.
    SlowDrip,
    /// Appends 32 MiB of spaces to the reply; stored.
    OversizedBody,
    /// Sends the reply as `text/plain`; stored.
    WrongContentType,
    /// Sends an HTML page with status 200; not stored.
    HtmlErrorPage,
    /// Inserts an invalid UTF-8 byte into the reply; stored.
    InvalidUtf8,
    /// Sends the first half of the JSON as a complete HTTP message; stored.
    TruncatedJson,
    /// Sends 100,000 nested lists as `data`; stored.
    DeepNesting,
    /// Sends a number of 100,000 digits in `data`; stored.
    HugeNumbers,
    /// Sends success as `resultCode` and an error as `returnCode`; not stored.
    DisagreeingCodes,
    /// Sends success without `data`; not stored.
    SuccessWithoutData,
    /// Redirects to another host with 307; not stored.
    Redirect,
    /// Replies 429 with `Retry-After` in seconds; not stored.
    TooManyRequestsSeconds,
    /// Replies 429 with `Retry-After` as a date; not stored.
    TooManyRequestsDate,
    /// Replies 503 with `Retry-After` in seconds; not stored.
    UnavailableSeconds,
    /// Replies 503 with `Retry-After` as a date; not stored.
    UnavailableDate,
    /// Replies with the code `0200022`: called too fast; not stored.
    TooFast,
    /// Replies 500; not stored.
    InternalServerError,
    /// Replies 502; not stored.
    BadGateway,
    /// Replies 504; stored, because the server behind the gateway continued.
    GatewayTimeout,
    /// Sends the reply 1.5 s late; stored.
    Latency,
    /// Resets every connection and refuses new ones for 300 ms; not stored.
    Restart,
}

/// Faults by probability. A given seed always yields the same fault for the n-th request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Seed of the sequence.
    pub seed: u64,
    /// Share of requests with each fault, from 0 to 1. The sum is at most 1.
    pub probabilities: BTreeMap<Fault, f64>,
}

/// [`Faults`] with the position in their sequence.
#[derive(Debug)]
pub(crate) struct FaultSequence {
    faults: Faults,
    rng: Rng,
}

// === impl Fault ===

impl Fault {
    /// All faults.
    pub const ALL: [Self; 26] = [
        Self::ResetBeforeStored,
        Self::ResetAfterStored,
        Self::CloseAfterStored,
        Self::CutShort,
        Self::EndlessBody,
        Self::SlowDrip,
        Self::OversizedBody,
        Self::WrongContentType,
        Self::HtmlErrorPage,
        Self::InvalidUtf8,
        Self::TruncatedJson,
        Self::DeepNesting,
        Self::HugeNumbers,
        Self::DisagreeingCodes,
        Self::SuccessWithoutData,
        Self::Redirect,
        Self::TooManyRequestsSeconds,
        Self::TooManyRequestsDate,
        Self::UnavailableSeconds,
        Self::UnavailableDate,
        Self::TooFast,
        Self::InternalServerError,
        Self::BadGateway,
        Self::GatewayTimeout,
        Self::Latency,
        Self::Restart,
    ];

    /// Returns whether the request is handled.
    pub fn stores(self) -> bool {
        !matches!(
            self,
            Self::ResetBeforeStored
                | Self::HtmlErrorPage
                | Self::DisagreeingCodes
                | Self::SuccessWithoutData
                | Self::Redirect
                | Self::TooManyRequestsSeconds
                | Self::TooManyRequestsDate
                | Self::UnavailableSeconds
                | Self::UnavailableDate
                | Self::TooFast
                | Self::InternalServerError
                | Self::BadGateway
                | Self::Restart
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|fault| fault.to_string() == text)
            .ok_or_else(|| format!("there is no fault \"{text}\""))
    }
}

// === impl FaultSequence ===

impl FaultSequence {
    pub(crate) fn new(faults: Faults) -> Self {
        let rng = Rng::with_seed(faults.seed);
        Self { faults, rng }
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Returns the fault of the next request.
    pub(crate) fn draw(&mut self) -> Option<Fault> {
        let mut point = self.rng.f64();
        self.faults
            .probabilities
            .iter()
            .find_map(|(fault, probability)| {
                point -= probability;
                (point < 0.0).then_some(*fault)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_parsed_back() {
        for fault in Fault::ALL {
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
        assert!("gremlins".parse::<Fault>().is_err());
    }

    #[test]
    fn a_seed_determines_the_faults_and_their_share_is_as_configured() {
        let draw = |seed| {
            let probabilities =
                BTreeMap::from([(Fault::CutShort, 0.1), (Fault::ResetAfterStored, 0.2)]);
            let mut sequence = FaultSequence::new(Faults {
                seed,
                probabilities,
            });
            (0..10_000).map(|_| sequence.draw()).collect::<Vec<_>>()
        };
        let drawn = draw(7);
        assert_eq!(drawn, draw(7));
        assert_ne!(drawn, draw(8));
        let resets = drawn
            .iter()
            .filter(|fault| **fault == Some(Fault::ResetAfterStored))
            .count();
        assert!((1_800..2_200).contains(&resets), "{resets}");
    }
}
