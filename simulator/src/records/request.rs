//! Recorded requests.

use std::{fmt, time::SystemTime};

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    http::WireRequest,
    signature::{Authorization, SignatureError},
};

/// Headers whose values are never recorded.
const SECRET_HEADERS: [&str; 2] = ["authorization", "proxy-authorization"];
const REDACTED: &str = "(not recorded)";

/// A request as received, and its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// Sequence number, counted from 1 since the server started.
    pub number: u64,
    /// Time of arrival by the server's clock, in RFC 3339 format.
    pub time: String,
    /// Method, for example `GET`.
    pub method: String,
    /// Path, not decoded.
    pub path: String,
    /// Query without the question mark, not decoded.
    pub query: Option<String>,
    /// Headers with lower-case names; values that contain credentials are redacted.
    pub headers: Vec<(String, String)>,
    /// Body; invalid UTF-8 is replaced.
    pub body: String,
    /// Timestamp of the signature, as sent.
    pub timestamp: Option<String>,
    /// List of signed headers in the `Authorization` header.
    pub signed_headers: Option<String>,
    /// Signature as sent, so that tests can search for leaks of it. Not part of the admin
    /// interface.
    #[serde(skip)]
    pub signature: Option<SentSignature>,
    /// Reason for rejecting the signature; `None` if it is valid.
    pub signature_error: Option<String>,
    /// Status of the reply; `None` before the reply and if the connection was reset.
    pub status: Option<u16>,
    /// Whether the request has been handled as far as a script lets it, and will not be replied to.
    pub is_held: bool,
    /// `script` or the name of the fault that replaced the server's own reply.
    pub interference: Option<String>,
}

/// A signature sent by a client. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SentSignature(String);

// === impl RecordedRequest ===

impl RecordedRequest {
    pub(crate) fn new(
        number: u64,
        request: &WireRequest,
        signature_error: Option<&SignatureError>,
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
            signature_error: signature_error.map(ToString::to_string),
            status: None,
            is_held: false,
            interference: None,
        }
    }

    /// Returns the value of a header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

// === impl SentSignature ===

impl SentSignature {
    /// Returns the signature. Tests must not print it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SentSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SentSignature")
    }
}
