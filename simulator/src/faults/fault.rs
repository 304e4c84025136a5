//! Faults that the server can be told to show, by probability or by script.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use fastrand::Rng;
use serde::{Deserialize, Serialize};

/// One way of going wrong.
///
/// *Not stored* and *stored* say whether a POST took effect although the client may not learn it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The connection is reset; not stored.
    ResetBeforeStored,
    /// The connection is reset; stored.
    ResetAfterStored,
    /// Half of the right reply, then the connection closes; stored.
    CutShort,
    /// The right reply, then blanks without end; stored.
    EndlessBody,
    /// The right reply, a byte at a time; stored.
    SlowDrip,
    /// The right reply with 32 MiB of blanks; stored.
    OversizedBody,
    /// The right reply as `text/plain`; stored.
    WrongContentType,
    /// An HTML page with status 200; not stored.
    HtmlErrorPage,
    /// The right reply with a byte that is no UTF-8; stored.
    InvalidUtf8,
    /// The right reply without its end, as a whole HTTP message; stored.
    TruncatedJson,
    /// A hundred thousand nested lists as `data`; stored.
    DeepNesting,
    /// A number of a hundred thousand digits as `data`; stored.
    HugeNumbers,
    /// `resultCode` says success, `returnCode` does not; not stored.
    DisagreeingCodes,
    /// Success without `data`; not stored.
    SuccessWithoutData,
    /// 307 to another host; not stored.
    Redirect,
    /// 429 with `Retry-After` in seconds; not stored.
    TooManyRequestsSeconds,
    /// 429 with `Retry-After` as a date; not stored.
    TooManyRequestsDate,
    /// 503 with `Retry-After` in seconds; not stored.
    UnavailableSeconds,
    /// 503 with `Retry-After` as a date; not stored.
    UnavailableDate,
    /// 500; not stored.
    InternalServerError,
    /// 502; not stored.
    BadGateway,
    /// 504; stored: the gateway gave up, the server behind it did not.
    GatewayTimeout,
    /// The right reply, 1.5 s late; stored.
    Latency,
    /// Every connection is reset and none is accepted for 300 ms; not stored.
    Restart,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 24] = [
        Self::ResetBeforeStored,
        Self::ResetAfterStored,
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
        Self::InternalServerError,
        Self::BadGateway,
        Self::GatewayTimeout,
        Self::Latency,
        Self::Restart,
    ];

    /// Whether the request is handled before the fault shows.
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

/// Faults by probability. The n-th request since the seed was set meets the same fault every time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Where the sequence starts.
    pub seed: u64,
    /// The part of all requests that meets each kind, from 0 to 1; together at most 1.
    pub probabilities: BTreeMap<Fault, f64>,
}

/// [`Faults`] with the place in the sequence.
#[derive(Debug)]
pub(crate) struct FaultSequence {
    faults: Faults,
    rng: Rng,
}

impl FaultSequence {
    pub(crate) fn new(faults: Faults) -> Self {
        let rng = Rng::with_seed(faults.seed);
        Self { faults, rng }
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The fault that the next request meets.
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
    fn names_are_read_back_and_all_are_listed() {
        for fault in Fault::ALL {
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
        assert!("gremlins".parse::<Fault>().is_err());
    }

    #[test]
    fn the_same_seed_gives_the_same_faults_about_as_often_as_asked() {
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
