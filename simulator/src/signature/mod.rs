//! Verifies the C2 signature of a request from its bytes on the wire (API reference, section 4.2).
//!
//! ```text
//! Authorization: auth-v2/AK/timestamp/signedHeaders/signature
//! signingKey = lowerhex(HMAC-SHA256(SK,         "auth-v2/AK/timestamp/signedHeaders"))
//! signature  = lowerhex(HMAC-SHA256(signingKey, canonicalRequest))
//! ```

mod accepts;
#[cfg(test)]
mod tests;

use std::{
    fmt::{self, Write as _},
    time::{Duration, SystemTime},
};

use hmac::{Hmac, KeyInit as _, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use thiserror::Error;
use time::{PrimitiveDateTime, format_description::BorrowedFormatItem, macros::format_description};

pub use self::accepts::Accepts;
use self::accepts::TimestampPrecision;
use crate::http::WireRequest;

const SCHEME: &str = "auth-v2";

/// Everything except `A-Z a-z 0-9 - . _ ~` is encoded as `%XX`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

const WHOLE_SECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
const MILLISECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// The key pair of the client.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
}

/// The reason for rejecting a signature. Recorded for tests; the client receives only 401.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum SignatureError {
    #[error("there is not exactly one Authorization header")]
    Missing,
    #[error("Authorization is not auth-v2/AK/timestamp/signedHeaders/signature")]
    Malformed,
    #[error("the access key is unknown")]
    UnknownAccessKey,
    #[error("the signed headers are not in lower case, sorted and distinct")]
    HeaderListOutOfOrder,
    #[error("the signed headers do not contain host")]
    HostNotSigned,
    #[error("the signed header {0} is not in the request exactly once")]
    HeaderMissing(String),
    #[error("the timestamp is neither yyyy-MM-ddTHH:mm:ssZ nor yyyy-MM-ddTHH:mm:ss.SSSZ")]
    Timestamp,
    #[error("the timestamp has another precision than the server accepts")]
    Precision,
    #[error("other headers are signed than the server accepts")]
    OtherHeaders,
    #[error("the timestamp is {0} seconds away from the server's clock")]
    ClockSkew(u64),
    #[error("the signature does not match the request")]
    Mismatch,
}

/// The parts of an `Authorization` header.
#[derive(Clone, Copy)]
pub(crate) struct Authorization<'a> {
    access_key: &'a str,
    pub(crate) timestamp: &'a str,
    pub(crate) signed_headers: &'a str,
    prefix: &'a str,
    pub(crate) signature: &'a str,
}

// === impl Credentials ===

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key", &self.access_key)
            .finish_non_exhaustive()
    }
}

// === impl Authorization ===

impl<'a> Authorization<'a> {
    pub(crate) fn parse(header: &'a str) -> Option<Self> {
        let (prefix, signature) = header.rsplit_once('/')?;
        let mut parts = prefix.split('/');
        let (scheme, access_key, timestamp, signed_headers) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        (scheme == SCHEME && parts.next().is_none()).then_some(Self {
            access_key,
            timestamp,
            signed_headers,
            prefix,
            signature,
        })
    }

    fn time(&self) -> Option<(SystemTime, TimestampPrecision)> {
        [
            (MILLISECONDS, TimestampPrecision::Milliseconds),
            (WHOLE_SECONDS, TimestampPrecision::Seconds),
        ]
        .into_iter()
        .find_map(|(format, precision)| {
            let moment = PrimitiveDateTime::parse(self.timestamp, format).ok()?;
            Some((moment.assume_utc().into(), precision))
        })
    }
}

/// Verifies the signature of `request`, whose timestamp may be at most `skew` before or after
/// `now`.
pub(crate) fn verify(
    credentials: &Credentials,
    accepts: &Accepts,
    request: &WireRequest,
    now: SystemTime,
    skew: Duration,
) -> Result<(), SignatureError> {
    let header = request
        .header("authorization")
        .ok_or(SignatureError::Missing)?;
    let header = str::from_utf8(header).map_err(|_| SignatureError::Malformed)?;
    let authorization = Authorization::parse(header).ok_or(SignatureError::Malformed)?;
    if authorization.access_key != credentials.access_key {
        return Err(SignatureError::UnknownAccessKey);
    }
    let (moment, precision) = authorization.time().ok_or(SignatureError::Timestamp)?;
    if !accepts.precision(precision) {
        return Err(SignatureError::Precision);
    }
    let distance = distance(moment, now);
    if distance > skew {
        return Err(SignatureError::ClockSkew(distance.as_secs()));
    }
    let canonical = canonical_request(request, authorization.signed_headers)?;
    if !accepts.signed_headers(request, authorization.signed_headers) {
        return Err(SignatureError::OtherHeaders);
    }
    let key = signing_key(&credentials.secret_key, authorization.prefix);
    let expected = keyed_digest(&key, &canonical);
    if expected
        .as_bytes()
        .ct_eq(authorization.signature.as_bytes())
        .into()
    {
        Ok(())
    } else {
        Err(SignatureError::Mismatch)
    }
}

fn distance(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .unwrap_or_else(|earlier| earlier.duration())
}

/// Returns the key of the second digest: the first digest as hexadecimal text.
fn signing_key(secret_key: &str, prefix: &str) -> String {
    keyed_digest(secret_key, prefix)
}

fn canonical_request(
    request: &WireRequest,
    signed_headers: &str,
) -> Result<String, SignatureError> {
    let names: Vec<&str> = signed_headers.split(';').collect();
    if !names.is_sorted_by(|one, next| one < next)
        || names
            .iter()
            .any(|name| name.bytes().any(|byte| byte.is_ascii_uppercase()))
    {
        return Err(SignatureError::HeaderListOutOfOrder);
    }
    if !names.contains(&"host") {
        return Err(SignatureError::HostNotSigned);
    }
    let mut headers = names
        .iter()
        .map(|name| {
            let value = request
                .header(name)
                .ok_or_else(|| SignatureError::HeaderMissing((*name).to_owned()))?;
            Ok(format!("{}:{}", encode(name.as_bytes()), encode(value)))
        })
        .collect::<Result<Vec<_>, _>>()?;
    headers.sort_unstable();
    let mut parameters: Vec<String> = request
        .query_parameters()
        .map(|(name, value)| format!("{}={}", encode(name.as_bytes()), encode(value.as_bytes())))
        .collect();
    parameters.sort_unstable();

    let mut lines = vec![request.method.clone(), request.path.clone()];
    if !parameters.is_empty() {
        lines.push(parameters.join("&"));
    }
    lines.push(signed_headers.to_owned());
    lines.push(headers.join("\n"));
    lines.push(encode(&request.body));
    Ok(lines.join("\n"))
}

fn encode(bytes: &[u8]) -> String {
    percent_encode(bytes, ENCODED).to_string()
}

fn keyed_digest(key: &str, message: &str) -> String {
    // HMAC accepts keys of any length, so this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(message.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
