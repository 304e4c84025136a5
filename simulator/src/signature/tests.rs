use std::collections::BTreeMap;

use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use serde::Deserialize;

use super::*;

/// Source: the project's C2 signature vectors, computed from the API reference, section 4.2,
/// by an independent implementation.
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

impl Case {
    fn credentials(&self) -> Credentials {
        Credentials {
            access_key: self.access_key.clone(),
            secret_key: self.secret_key.clone(),
        }
    }

    fn request(&self) -> WireRequest {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.signed_headers {
            headers.insert(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        headers.insert(
            "authorization",
            HeaderValue::from_str(&self.expect.authorization).unwrap(),
        );
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.query)
            .finish();
        WireRequest {
            method: self.method.clone(),
            path: self.path.clone(),
            query: (!query.is_empty()).then_some(query),
            headers,
            body: self.body.clone().into_bytes(),
        }
    }

    fn time(&self) -> SystemTime {
        Authorization::parse(&self.expect.authorization)
            .unwrap()
            .time()
            .unwrap()
            .0
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str::<Vectors>(VECTORS).unwrap().cases
}

const SKEW: Duration = Duration::from_secs(900);

#[test]
fn every_vector_matches_in_every_step() {
    for case in cases() {
        let request = case.request();
        let authorization = Authorization::parse(&case.expect.authorization).unwrap();
        assert_eq!(
            authorization.prefix, case.expect.auth_string_prefix,
            "{}",
            case.name
        );
        assert_eq!(authorization.timestamp, case.timestamp, "{}", case.name);
        assert_eq!(
            signing_key(&case.secret_key, authorization.prefix),
            case.expect.signing_key,
            "{}",
            case.name
        );
        assert_eq!(
            canonical_request(&request, authorization.signed_headers).unwrap(),
            case.expect.canonical_request,
            "{}",
            case.name
        );
        let verdict = verify(
            &case.credentials(),
            &Accepts::default(),
            &request,
            case.time(),
            SKEW,
        );
        assert_eq!(verdict, Ok(()), "{}", case.name);
    }
}

#[test]
fn a_change_of_any_signed_part_is_detected() {
    for case in cases() {
        let verdict = |change: &dyn Fn(&mut WireRequest)| {
            let mut request = case.request();
            change(&mut request);
            verify(
                &case.credentials(),
                &Accepts::default(),
                &request,
                case.time(),
                SKEW,
            )
        };
        assert_eq!(
            verdict(&|r| r.method.push('X')),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(
            verdict(&|r| r.path.push('7')),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(
            verdict(&|r| r.body.push(b' ')),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(
            verdict(&|r| r.query = Some("a=b".into())),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(
            verdict(&|r| {
                r.headers
                    .insert("host", HeaderValue::from_static("elsewhere"));
            }),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(
            verdict(&|r| {
                r.headers.remove("host");
            }),
            Err(SignatureError::HeaderMissing("host".into()))
        );
    }
}

#[test]
fn the_clock_skew_is_limited_in_both_directions() {
    let case = cases().remove(0);
    let verdict = |now| {
        verify(
            &case.credentials(),
            &Accepts::default(),
            &case.request(),
            now,
            SKEW,
        )
    };
    let second = Duration::from_secs(1);
    assert_eq!(verdict(case.time() + SKEW), Ok(()));
    assert_eq!(verdict(case.time() - SKEW), Ok(()));
    assert_eq!(
        verdict(case.time() + SKEW + second),
        Err(SignatureError::ClockSkew(901))
    );
    assert_eq!(
        verdict(case.time() - SKEW - second),
        Err(SignatureError::ClockSkew(901))
    );
}

#[test]
fn a_header_that_does_not_follow_the_grammar_is_refused() {
    let case = cases().remove(0);
    let verdict = |header: &str| {
        let mut request = case.request();
        request
            .headers
            .insert("authorization", HeaderValue::from_str(header).unwrap());
        verify(
            &case.credentials(),
            &Accepts::default(),
            &request,
            case.time(),
            SKEW,
        )
        .unwrap_err()
    };
    let stamp = &case.timestamp;
    assert_eq!(verdict("Bearer x"), SignatureError::Malformed);
    assert_eq!(
        verdict(&format!("auth-v1/EXAMPLEAK/{stamp}/host/00")),
        SignatureError::Malformed
    );
    assert_eq!(
        verdict(&format!("auth-v2/EXAMPLEAK/{stamp}/host/00/00")),
        SignatureError::Malformed
    );
    assert_eq!(
        verdict(&format!("auth-v2/OTHER/{stamp}/host/00")),
        SignatureError::UnknownAccessKey
    );
    assert_eq!(
        verdict("auth-v2/EXAMPLEAK/20250102T030405Z/host/00"),
        SignatureError::Timestamp
    );
    assert_eq!(
        verdict(&format!("auth-v2/EXAMPLEAK/{stamp}/content-type/00")),
        SignatureError::HostNotSigned
    );
    assert_eq!(
        verdict(&format!("auth-v2/EXAMPLEAK/{stamp}/host;content-type/00")),
        SignatureError::HeaderListOutOfOrder
    );
    let right = case.expect.authorization.clone();
    let (prefix, signature) = right.rsplit_once('/').unwrap();
    assert_eq!(
        verdict(&format!("{prefix}/{}", signature.to_uppercase())),
        SignatureError::Mismatch
    );
}

#[test]
fn a_server_may_accept_one_form_only() {
    for case in cases() {
        let request = case.request();
        let verdict = |accepts: &str| {
            let accepts = accepts.parse().unwrap();
            verify(&case.credentials(), &accepts, &request, case.time(), SKEW)
        };
        let (own, other) = if case.timestamp.contains('.') {
            ("milliseconds", "seconds")
        } else {
            ("seconds", "milliseconds")
        };
        let precision = |name| verdict(&format!("timestamp-precision={name}"));
        assert_eq!(precision(own), Ok(()), "{}", case.name);
        assert_eq!(precision(other), Err(SignatureError::Precision));

        let list: Vec<_> = case.signed_headers.keys().map(String::as_str).collect();
        let list = list.join(";");
        assert_eq!(verdict(&format!("signed-headers={list}")), Ok(()));
        // A header that the request does not carry is not missed.
        let more = format!("signed-headers={list};zebra");
        assert_eq!(verdict(&more), Ok(()));
        if list != "host" {
            assert_eq!(
                verdict("signed-headers=host"),
                Err(SignatureError::OtherHeaders)
            );
        }
    }
    for wrong in [
        "signed-headers",
        "signed-headers=content-type",
        "signed-headers=host;content-type",
        "timestamp-precision=hours",
        "quotes=single",
    ] {
        assert!(wrong.parse::<Accepts>().is_err(), "{wrong}");
    }
}
