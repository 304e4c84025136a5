//! A reply, before it is checked.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};

use super::retry_after::parse_retry_after;
use crate::{clock::seconds_ahead_by, error::TransportKind, observer::ObservedReply};

/// The largest reply body that is read, in bytes.
pub(crate) const MAX_REPLY: usize = 1024 * 1024;

/// A reply, before it is checked.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ReplyBody,
    /// When the head of the reply arrived, by this machine's clock.
    pub(crate) received: SystemTime,
    /// The correction of that clock in the request's signature, in seconds.
    pub(crate) signed_offset: i64,
}

/// The body of a reply, as far as it was received.
#[derive(Debug)]
pub(crate) enum ReplyBody {
    /// The whole body.
    Complete(Vec<u8>),
    /// A body longer than [`MAX_REPLY`].
    TooLarge,
    /// A body that ended too early.
    Broken(TransportKind),
}

// === impl Reply ===

impl Reply {
    /// Returns a header, if it is text.
    pub(crate) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns how far the server's clock is ahead of this machine's, in seconds, if the reply has
    /// a date.
    pub(crate) fn seconds_ahead(&self) -> Option<i64> {
        seconds_ahead_by(self.header(header::DATE)?, self.received)
    }

    /// Returns what an observer sees of the reply.
    pub(crate) fn observed(&self) -> ObservedReply {
        ObservedReply {
            status: self.status,
            headers: self
                .headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body: match &self.body {
                ReplyBody::Complete(body) => Some(body.clone()),
                ReplyBody::TooLarge | ReplyBody::Broken(_) => None,
            },
            received: self.received,
        }
    }

    /// Returns the delay that the server asks for before the next attempt.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        parse_retry_after(self.header(header::RETRY_AFTER)?, self.received)
    }
}
