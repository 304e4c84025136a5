//! Observing each request with its reply, for diagnosis.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use serde_json::{Map, Value};

use crate::{
    charset::{DecodedText, decode_whole},
    clock::seconds_ahead_by,
    content_type::is_json_type,
    error::{Operation, TransportKind},
    sign::{SignedHeaders, TimestampPrecision},
};

/// Receives each exchange of a client once it has ended, in the order in which they end.
///
/// It is called on the task of the request, so it must not block.
pub trait ExchangeObserver: Send + Sync + fmt::Debug {
    /// Receives an exchange.
    fn observe(&self, exchange: Exchange);
}

/// A request with its reply or failure. Each attempt of a call is an exchange of its own.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The operation that was requested.
    pub operation: &'static Operation,
    /// The request.
    pub request: ObservedRequest,
    /// The reply, or why there is none.
    pub outcome: ExchangeOutcome,
    /// The time from the signature to the last byte of the reply or to the failure.
    pub took: Duration,
}

/// A request as sent, without its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedRequest {
    /// The method, in upper case.
    pub method: String,
    /// The path, percent-encoded.
    pub path: String,
    /// The parameters of the query, decoded, in the order of the call.
    pub query: Vec<(&'static str, String)>,
    /// The headers in lower case that the API reads, without `authorization`.
    pub headers: Vec<(&'static str, String)>,
    /// The body, which a request without one lacks.
    pub body: Option<Vec<u8>>,
    /// How it was signed.
    pub signing: ObservedSigning,
}

/// How a request was signed, without anything that depends on the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedSigning {
    /// The precision of the time.
    pub timestamp_precision: TimestampPrecision,
    /// The headers that the signature covers.
    pub signed_headers: SignedHeaders,
    /// The correction of this machine's clock, in seconds.
    pub clock_offset: i64,
}

/// The end of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeOutcome {
    /// The head of a reply arrived.
    Replied(ObservedReply),
    /// No reply arrived.
    Failed(TransportKind),
    /// The call was cancelled first.
    Cancelled,
}

/// A reply as received, before anything in it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedReply {
    /// The HTTP status.
    pub status: u16,
    /// The headers in lower case, in the order in which they came. Bytes that are not UTF-8 are
    /// replaced.
    pub headers: Vec<(String, String)>,
    /// The body, if it arrived whole and was not too large.
    pub body: Option<Vec<u8>>,
    /// When the head arrived, by this machine's clock.
    pub received: SystemTime,
}

// === impl ObservedReply ===

impl ObservedReply {
    /// Returns the value of a header, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// Returns whether the content type is one of JSON.
    #[must_use]
    pub fn has_json_type(&self) -> bool {
        self.header("content-type").is_some_and(is_json_type)
    }

    /// Returns how far the server's clock is ahead of this machine's, in seconds, if the reply has a
    /// date; negative if it is behind.
    #[must_use]
    pub fn seconds_ahead(&self) -> Option<i64> {
        seconds_ahead_by(self.header("date")?, self.received)
    }

    /// Returns the body as text, if it can be decoded without a loss: in the charset that it shows or
    /// declares, or else in GB18030, which older servers use without declaring it.
    #[must_use]
    pub fn text(&self) -> Option<DecodedText> {
        decode_whole(self.body.as_deref()?, self.header("content-type"))
    }

    /// Returns the members of the body, if it is a JSON object in a charset that can be decoded.
    #[must_use]
    pub fn members(&self) -> Option<Map<String, Value>> {
        serde_json::from_str(&self.text()?.text).ok()
    }
}
