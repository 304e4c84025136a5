use std::time::UNIX_EPOCH;

use super::*;

const RENAME: &Operation = &Operation::write("rename", "the thing");

fn reply(status: u16, headers: &[(&'static str, &'static str)], body: impl AsRef<[u8]>) -> Reply {
    Reply {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect(),
        body: ReplyBody::Complete(body.as_ref().to_vec()),
        received: UNIX_EPOCH,
        signed_offset: 0,
    }
}

fn read(reply: &Reply) -> Result<Envelope, Error> {
    let credentials = Credentials::new("AK", "SK").unwrap();
    ReplyReader {
        operation: RENAME,
        host: "isales.example.com",
        proxy: None,
        credentials: &credentials,
    }
    .read(reply)
}

fn read_json(status: u16, body: &str) -> Result<Envelope, Error> {
    read(&reply(
        status,
        &[("content-type", "application/json;charset=UTF-8")],
        body,
    ))
}

fn problem(result: Result<Envelope, Error>) -> ProtocolProblem {
    match result {
        Err(Error::Protocol(error)) => error.problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn success_needs_every_code_present_to_say_so() {
    for body in [
        r#"{"resultCode":"0200000","resultDesc":"","returnCode":"0200000","returnDesc":""}"#,
        r#"{"resultCode":"0200000"}"#,
        r#"{"returnCode":"0200000","resultCode":null}"#,
        r#"{"resultCode":"0200000","returnCode":""}"#,
        r#"{"resultCode":"  ","returnCode":" 0200000 "}"#,
        r#"{"resultCode":"0200000","returnCode":"null"}"#,
    ] {
        assert!(read_json(200, body).is_ok(), "{body}");
    }
    for body in [
        "{}",
        "[]",
        "null",
        r#"{"code":"0200000"}"#,
        r#"{"resultCode":"","returnCode":null}"#,
    ] {
        assert!(
            matches!(
                problem(read_json(200, body)),
                ProtocolProblem::NoCode { .. }
            ),
            "{body}"
        );
    }
    for (body, path) in [
        (r#"{"resultCode":200000}"#, "resultCode"),
        (r#"{"resultCode":"0200000","returnCode":[]}"#, "returnCode"),
    ] {
        assert_eq!(
            problem(read_json(200, body)),
            ProtocolProblem::Member {
                path: path.to_owned(),
                expected: "a string"
            }
        );
    }
    for body in [
        r#"{"resultCode":"0200000","returnCode":"0200001"}"#,
        r#"{"resultCode":"0200-01","returnCode":"0200000"}"#,
    ] {
        assert!(
            matches!(
                problem(read_json(200, body)),
                ProtocolProblem::CodesDisagree { .. }
            ),
            "{body}"
        );
    }
}

#[test]
fn members_of_the_envelope_are_known_in_any_letter_case() {
    for body in [
        r#"{"resultcode":"0200000","returncode":"0200000"}"#,
        r#"{"RESULTCODE":"0200000","RESULTDESC":""}"#,
        r#"{"ReturnCode":"0200000","resultCode":"0200000"}"#,
        r#"{"resultCode":"0200000","ResultCode":"0200000"}"#,
    ] {
        assert!(read_json(200, body).is_ok(), "{body}");
    }
    let error = read_json(200, r#"{"RESULTCODE":"0200-01","ResultDesc":"gone"}"#);
    let Err(Error::Api(error)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.code, ErrorCode::new("0200-01"));
    assert_eq!(error.desc, "gone");
    for body in [
        r#"{"resultCode":"0200000","resultcode":"0200001"}"#,
        r#"{"resultCode":"0200000","RETURNCODE":"0200001"}"#,
    ] {
        assert!(
            matches!(
                problem(read_json(200, body)),
                ProtocolProblem::CodesDisagree { .. }
            ),
            "{body}"
        );
    }
}

#[test]
fn codes_that_disagree_are_quoted() {
    let body = r#"{"resultCode":"0200000","returnCode":"0"}"#;
    let error = read_json(200, body).unwrap_err().to_string();
    assert!(
        error.contains(r#"its resultCode is "0200000" and its returnCode is "0","#),
        "{error}"
    );
}

#[test]
fn an_error_code_is_taken_from_any_status() {
    for status in [200, 400, 500] {
        let error = read_json(status, r#"{"resultCode":"0200-01","resultDesc":"gone"}"#);
        let Err(Error::Api(error)) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.code, ErrorCode::new("0200-01"));
        assert_eq!(error.desc, "gone");
    }
    // Success is taken only from 200.
    let created = read_json(201, r#"{"resultCode":"0200000"}"#);
    assert!(matches!(
        problem(created),
        ProtocolProblem::Status { status: 201, .. }
    ));
}

#[test]
fn a_reply_that_is_not_json_is_refused() {
    for body in ["<html>", r#"{"error":"login"}"#, ""] {
        for headers in [&[("content-type", "text/html")][..], &[]] {
            assert!(matches!(
                problem(read(&reply(200, headers, body))),
                ProtocolProblem::ContentType { .. }
            ));
        }
    }
    for body in ["", "{\"resultCode\":\"02", &"[".repeat(100_000)] {
        assert!(matches!(
            problem(read_json(200, body)),
            ProtocolProblem::NotJson { .. }
        ));
    }
}

#[test]
fn a_redirect_shows_only_the_host_of_its_target() {
    let redirect = reply(
        302,
        &[("location", "https://evil.example.com/x?token=1")],
        "",
    );
    assert_eq!(
        problem(read(&redirect)),
        ProtocolProblem::Redirect {
            target: "evil.example.com".to_owned()
        }
    );
}

#[test]
fn a_refused_signature_names_a_clock_that_is_far_off() {
    let refused = |date| {
        read(&reply(401, &[("date", date)], ""))
            .unwrap_err()
            .to_string()
    };
    assert!(refused("Thu, 01 Jan 1970 00:05:00 GMT").contains("300 seconds ahead"));
    assert!(!refused("Thu, 01 Jan 1970 00:01:00 GMT").contains("seconds"));
}

#[test]
fn an_envelope_is_one_whatever_its_content_type() {
    for headers in [&[("content-type", "text/plain")][..], &[]] {
        assert!(read(&reply(200, headers, r#"{"returnCode":"0200000"}"#)).is_ok());
        let error = read(&reply(502, headers, r#"{"resultCode":"0200-01"}"#));
        assert!(matches!(error, Err(Error::Api(_))), "{error:?}");
    }
}

/// `{"resultCode":"0200001","resultDesc":"参数错误"}`, or the same with another text.
fn refusal(text: &[u8]) -> Vec<u8> {
    [br#"{"resultCode":"0200001","resultDesc":""#, text, br#""}"#].concat()
}

fn desc(content_type: &'static str, body: &[u8]) -> String {
    match read(&reply(200, &[("content-type", content_type)], body)) {
        Err(Error::Api(error)) => {
            assert_eq!(error.code, ErrorCode::new("0200001"));
            error.desc
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_description_is_decoded_by_its_charset() {
    const TEXT: &str = "参数错误";
    const GBK: &[u8] = b"\xb2\xce\xca\xfd\xb4\xed\xce\xf3";
    for charset in [
        "application/json;charset=GBK",
        "application/json; Charset=\"gb2312\"",
        "text/plain ; version=1; charset = gb18030",
    ] {
        assert_eq!(desc(charset, &refusal(GBK)), TEXT, "{charset}");
    }
    assert_eq!(
        desc(
            "application/json;charset=Big5",
            &refusal(b"\xb0\xd1\xbc\xc6")
        ),
        "參數"
    );
    // What is declared is not what was written, or nobody knows it.
    for charset in [
        "application/json;charset=ISO-8859-1",
        "application/json;charset=UTF-16",
        "application/json;charset=x-unheard-of",
        "application/json",
    ] {
        assert_eq!(desc(charset, &refusal(TEXT.as_bytes())), TEXT, "{charset}");
    }
    assert_eq!(
        desc("application/json;charset=ISO-8859-1", &refusal(b"\xfc")),
        "ü"
    );
}

#[test]
fn a_code_survives_a_description_that_cannot_be_decoded() {
    for content_type in ["application/json", "application/json;charset=UTF-8"] {
        let desc = |text: &[u8]| desc(content_type, &refusal(text));
        assert!(desc(b"\xb2\xce\xca\xfd").contains('\u{fffd}'));
        // Characters whose second byte is a backslash.
        assert_eq!(desc(b"\x81\x5c\x81\x5c, x"), "\u{fffd}\u{fffd}, x");
    }
}

#[test]
fn a_success_with_a_damaged_name_is_none() {
    let body = b"{\"da\xffta\":null,\"resultCode\":\"0200000\"}";
    let error = read(&reply(200, &[("content-type", "application/json")], body));
    assert!(matches!(problem(error), ProtocolProblem::NotJson { .. }));
}

#[test]
fn a_success_with_a_repeated_member_is_none() {
    for body in [
        r#"{"resultCode":"0200001","resultCode":"0200000"}"#,
        r#"{"resultCode":"0200000","data":{"policyType":0,"policyType":1}}"#,
    ] {
        let error = read_json(200, body).unwrap_err().to_string();
        assert!(error.contains("an object has a member twice"), "{error}");
    }
    assert!(read_json(200, r#"{"resultCode":"0200000","resultCode":"0200000"}"#).is_ok());
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let body = r#"{"resultCode":"0200001","resultDesc":"é"}"#;
    let with_mark = format!("\u{feff}{body}");
    let utf_16 = |bytes: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    };
    for bytes in [
        with_mark.clone().into_bytes(),
        utf_16(u16::to_le_bytes, &with_mark),
        utf_16(u16::to_be_bytes, &with_mark),
        utf_16(u16::to_le_bytes, body),
        utf_16(u16::to_be_bytes, body),
    ] {
        assert_eq!(desc("application/json;charset=UTF-8", &bytes), "é");
        assert_eq!(desc("application/json;charset=GBK", &bytes), "é");
    }
}

#[test]
fn a_policy_that_was_damaged_on_its_way_is_not_read() {
    let body = [
        br#"{"resultCode":"0200000","data":{"policyType":1,"policyJson":"[{'dataType':'"#,
        &b"\xb2\xce"[..],
        br#"','type':0,'retryTimes':1,'retryDay':1}]"}}"#,
    ]
    .concat();
    let decode = |content_type| {
        let members = read(&reply(200, &[("content-type", content_type)], &body)).unwrap();
        crate::retry_policy::decode::decode_reply(&members)
    };
    let stored = decode("application/json;charset=GBK").unwrap().unwrap();
    let name = stored.policy.policy_json[0].data_type.clone().unwrap();
    assert_eq!(name.as_str(), "参");
    let error = decode("application/json").unwrap_err().to_string();
    assert!(
        error.starts_with("policyJson: a character was lost"),
        "{error}"
    );
}

#[test]
fn a_compressed_reply_is_called_so() {
    let message = |headers: &[(&'static str, &'static str)], body: &[u8]| {
        read(&reply(200, headers, body)).unwrap_err().to_string()
    };
    let json = ("content-type", "application/json");
    for (headers, coding) in [
        (&[json, ("content-encoding", "br")][..], "br"),
        (&[json, ("content-encoding", "identity, GZIP")], "GZIP"),
        (&[json], "gzip"),
        (&[], "gzip"),
    ] {
        let text = message(headers, b"\x1f\x8b\x08\0\0\0\0\0");
        let says = format!("it is compressed as {coding}, although");
        assert!(text.contains(&says), "{text}");
        assert!(!text.contains("the body starts"), "{text}");
    }
    // The header may be wrong, or mean the charset.
    for coding in ["gzip", "UTF-8"] {
        let headers = [json, ("content-encoding", coding)];
        assert!(read(&reply(200, &headers, r#"{"resultCode":"0200000"}"#)).is_ok());
    }
}
