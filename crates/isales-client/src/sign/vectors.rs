//! The test vectors of the signature, every intermediate value asserted.
//!
//! They were computed from the algorithm (API reference, section 4.2) by an independent
//! implementation, and have not been checked against a live server.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;

const VECTORS: &str = include_str!("../../tests/data/c2-signature-vectors.json");

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    access_key: String,
    secret_key: String,
    timestamp: String,
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    signed_headers: BTreeMap<String, String>,
    body: String,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    auth_string_prefix: String,
    signing_key: String,
    canonical_request: String,
    authorization: String,
}

#[test]
fn every_step_comes_out_as_in_the_vectors() {
    let vectors: Vectors = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.cases.len(), 8);
    for case in &vectors.cases {
        let query = pairs(&case.query);
        let headers = pairs(&case.signed_headers);
        let request = RequestToSign {
            method: &case.method,
            path: &case.path,
            query: &query,
            headers: &headers,
            body: case.body.as_bytes(),
        };
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let wanted: SignedHeaders = names.join(";").parse().unwrap();
        let timestamp = timestamp(&case.timestamp);

        let prefix = AuthStringPrefix::new(&case.access_key, &timestamp, &wanted);
        assert_eq!(
            prefix.as_str(),
            case.expect.auth_string_prefix,
            "{}",
            case.name
        );
        let key = SigningKey::new(&case.secret_key, &prefix);
        assert_eq!(key.reveal(), case.expect.signing_key, "{}", case.name);
        let canonical = CanonicalRequest::new(&request, &wanted);
        assert_eq!(
            canonical.as_str(),
            case.expect.canonical_request,
            "{}",
            case.name
        );
        let authorization = Authorization::sign(
            &request,
            &wanted,
            &case.access_key,
            &case.secret_key,
            &timestamp,
        );
        assert_eq!(
            authorization.reveal(),
            case.expect.authorization,
            "{}",
            case.name
        );
    }
}

#[test]
fn wanted_headers_that_the_request_lacks_are_not_signed() {
    let request = RequestToSign {
        method: "GET",
        path: "/",
        query: &[],
        headers: &[("host", "h"), ("locale", "en_US"), ("content-type", "c")],
        body: b"",
    };
    let signed = request.signed_headers(&SignedHeaders::default());
    assert_eq!(signed.to_string(), "content-type;host");
    assert_eq!(
        CanonicalRequest::new(&request, &signed).as_str(),
        "GET\n/\ncontent-type;host\ncontent-type:c\nhost:h\n"
    );
}

/// Formats the time of the vectors, in the precision of the text, which is asserted.
fn timestamp(text: &str) -> Timestamp {
    use std::time::{Duration, UNIX_EPOCH};
    let precision = if text.contains('.') {
        TimestampPrecision::Milliseconds
    } else {
        TimestampPrecision::Seconds
    };
    let moment = UNIX_EPOCH + Duration::from_millis(1_735_787_045_678);
    let timestamp = Timestamp::new(moment, precision);
    assert_eq!(timestamp.to_string(), text);
    timestamp
}

fn pairs(map: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    map.iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
