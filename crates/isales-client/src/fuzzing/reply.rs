//! The fuzz target for replies.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    config::Credentials,
    error::Operation,
    http::{Reply, ReplyBody, ReplyReader, moved},
    retry_policy::decode::decode_reply,
    sign::{Timestamp, TimestampPrecision},
};

const SET: &Operation = &Operation::write("set", "the retry policy");

const SECRET: &str = "secret-key-of-the-fuzzer";

/// Checks a reply: lines for the status and the headers `Date`, `Retry-After`, `Location` and
/// `Content-Type`, then the body. Then writes the time of a signature by the server's clock, however
/// far off it is.
pub fn reply(data: &[u8]) {
    let mut parts = data.splitn(6, |byte| *byte == b'\n');
    let mut next = || parts.next().unwrap_or_default();
    let status = String::from_utf8_lossy(next()).trim().parse();
    let names: [HeaderName; 4] = [
        header::DATE,
        header::RETRY_AFTER,
        header::LOCATION,
        header::CONTENT_TYPE,
    ];
    let mut headers = HeaderMap::new();
    for name in names {
        if let Ok(value) = HeaderValue::from_bytes(next()) {
            headers.insert(name, value);
        }
    }
    let received = UNIX_EPOCH + Duration::from_secs(1_735_787_045);
    let reply = Reply {
        status: status.unwrap_or(200),
        headers,
        body: ReplyBody::Complete(next().to_vec()),
        received,
        signed_offset: 0,
    };
    let Ok(credentials) = Credentials::new("AK", SECRET) else {
        return;
    };
    let reader = ReplyReader {
        operation: SET,
        host: "isales.example.com:28443",
        proxy: None,
        credentials: &credentials,
    };
    match reader.read(&reply) {
        Ok(members) => {
            let _ = decode_reply(&members);
        }
        Err(error) => {
            assert!(
                !error.to_string().contains(SECRET),
                "the error shows the secret key"
            );
            let _ = reply.retry_after();
            let moment = moved(received, reply.seconds_ahead().unwrap_or_default());
            let _ = Timestamp::new(moment, TimestampPrecision::Milliseconds);
        }
    }
}
