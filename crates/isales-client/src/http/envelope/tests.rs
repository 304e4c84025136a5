use std::time::UNIX_EPOCH;

use super::*;

const RENAME: &Operation = &Operation::write("rename", "the thing");

fn reply(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Reply {
    Reply {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect(),
        body: ReplyBody::Complete(body.as_bytes().to_vec()),
        received: UNIX_EPOCH,
        signed_offset: 0,
    }
}

fn read(reply: &Reply) -> Result<Envelope, Error> {
    let credentials = Credentials::new("AK", "SK").unwrap();
    ReplyReader {
        operation: RENAME,
        host: "isales.example.com",
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
    ] {
        assert!(read_json(200, body).is_ok(), "{body}");
    }
    for body in ["{}", "[]", "null", r#"{"code":"0200000"}"#] {
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
        r#"{"resultCode":"0200000","returnCode":""}"#,
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
    let body = r#"{"resultCode":"0200000","returnCode":""}"#;
    let error = read_json(200, body).unwrap_err().to_string();
    assert!(
        error.contains(r#"its resultCode is "0200000" and its returnCode is "","#),
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
    let html = reply(
        200,
        &[("content-type", "text/html")],
        r#"{"resultCode":"0200000"}"#,
    );
    assert!(matches!(
        problem(read(&html)),
        ProtocolProblem::ContentType { .. }
    ));
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
