//! What the server has seen: requests without secrets, and counters.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::Instant;

use crate::signature::{Authorization, SignatureError};
use crate::wire::WireRequest;

/// Headers whose value is never recorded.
const SECRET_HEADERS: [&str; 2] = ["authorization", "proxy-authorization"];
const REDACTED: &str = "(not recorded)";

/// One request as it came, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// Counts up from 1 for the server's whole life.
    pub number: u64,
    /// When it came, RFC 3339, by the server's clock.
    pub time: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, undecoded.
    pub path: String,
    /// The query, undecoded, without its question mark.
    pub query: Option<String>,
    /// Names in lower case with their values; what would give a signature away is left out.
    pub headers: Vec<(String, String)>,
    /// The body; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// The timestamp that the client signed with, as it was written.
    pub timestamp: Option<String>,
    /// The list of signed headers in the `Authorization` header.
    pub signed_headers: Option<String>,
    /// The signature as it came, for searches of what must not hold it. The admin interface leaves it
    /// out.
    #[serde(skip)]
    pub signature: Option<SentSignature>,
    /// Why the signature was refused; `None` for a good one.
    pub signature_error: Option<String>,
    /// The status sent; `None` while there is none and where the connection was reset.
    pub status: Option<u16>,
    /// `script` or the kind of fault, where the reply was not the server's own.
    pub interference: Option<String>,
}

impl RecordedRequest {
    pub(crate) fn new(
        number: u64,
        request: &WireRequest,
        verdict: Result<(), &SignatureError>,
        now: SystemTime,
    ) -> Self {
        let authorization = request
            .header("authorization")
            .and_then(|header| str::from_utf8(header).ok())
            .and_then(Authorization::parse);
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| {
                let secret = SECRET_HEADERS.contains(&name.as_str());
                let value = String::from_utf8_lossy(value.as_bytes());
                (
                    name.to_string(),
                    if secret {
                        REDACTED.to_owned()
                    } else {
                        value.into_owned()
                    },
                )
            })
            .collect();
        Self {
            number,
            time: OffsetDateTime::from(now)
                .format(&Rfc3339)
                .unwrap_or_default(),
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            headers,
            body: String::from_utf8_lossy(&request.body).into_owned(),
            timestamp: authorization.map(|authorization| authorization.timestamp.to_owned()),
            signed_headers: authorization.map(|part| part.signed_headers.to_owned()),
            signature: authorization.map(|part| SentSignature(part.signature.to_owned())),
            signature_error: verdict.err().map(ToString::to_string),
            status: None,
            interference: None,
        }
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A signature that a client sent. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SentSignature(String);

impl SentSignature {
    /// The signature, which no test may print.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SentSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SentSignature")
    }
}

/// Figures over everything since the start, or since they were last cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// Requests whose headers arrived.
    pub requests: u64,
    /// TLS connections that were made.
    pub connections: u64,
    /// The most requests that were open at one time.
    pub max_concurrent: usize,
    /// The most requests that came within any one second.
    pub max_per_second: usize,
    /// Replies by status.
    pub by_status: BTreeMap<u16, u64>,
    /// Accepted policies that changed a campaign.
    pub policies_changed: u64,
    /// Accepted policies that meant what the campaign had already.
    pub policies_repeated: u64,
    /// Faults injected, by kind.
    pub faults: BTreeMap<String, u64>,
}

/// The requests that are open and those of the last second.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    open: usize,
    recent: VecDeque<Instant>,
}

impl Traffic {
    pub(crate) fn enter(&mut self, now: Instant, counters: &mut Counters) {
        self.open += 1;
        self.recent.push_back(now);
        while self
            .recent
            .front()
            .is_some_and(|first| now - *first >= Duration::from_secs(1))
        {
            self.recent.pop_front();
        }
        counters.requests += 1;
        counters.max_concurrent = counters.max_concurrent.max(self.open);
        counters.max_per_second = counters.max_per_second.max(self.recent.len());
    }

    pub(crate) fn leave(&mut self) {
        self.open = self.open.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traffic_is_counted_over_any_second_and_at_any_moment() {
        let (mut traffic, mut counters) = (Traffic::default(), Counters::default());
        let start = Instant::now();
        for milliseconds in [0, 400, 900, 1000, 1300, 2500] {
            traffic.enter(start + Duration::from_millis(milliseconds), &mut counters);
            if milliseconds != 400 {
                traffic.leave();
            }
        }
        assert_eq!((counters.requests, counters.max_concurrent), (6, 2));
        // 400, 900, 1000 and 1300 lie within one second.
        assert_eq!(counters.max_per_second, 4);
    }
}
