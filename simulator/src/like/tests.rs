use hyper::HeaderMap;
use serde_json::json;

use super::*;
use crate::http::WireRequest;

const BASE: &str = "/rest/isales/v1/openapi/campaigns/71";

/// An exchange of a report.
fn exchange(path: &str, query: serde_json::Value, reply: serde_json::Value) -> serde_json::Value {
    json!({
        "operation": "any",
        "signing": {
            "timestamp_precision": "milliseconds",
            "signed_headers": "content-type;host",
            "clock_off_by_s": 0,
        },
        "request": {"method": "GET", "path": path, "query": query, "headers": [], "body": null},
        "reply": reply,
        "at_ms": 10,
        "took_ms": 5,
    })
}

fn reply(status: u16, body: serde_json::Value) -> serde_json::Value {
    json!({"status": status, "headers": ["server: x", "content-length: 7"], "body": body})
}

fn recording(exchanges: &[serde_json::Value]) -> Recording {
    let file = json!({
        "format": 1,
        "vdn_id": 71,
        "server": {"clock_ahead_s": 7},
        "exchanges": exchanges,
    });
    Recording::parse(&file.to_string()).unwrap()
}

fn request(path: &str, query: &str) -> WireRequest {
    WireRequest {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: (!query.is_empty()).then(|| query.to_owned()),
        headers: HeaderMap::new(),
        body: Vec::new(),
    }
}

fn answer(replay: &Replay, path: &str, query: &str) -> Option<(u16, String)> {
    let reply = replay.answer(&request(path, query))?;
    assert!(
        reply
            .headers
            .iter()
            .all(|(name, _)| name != "content-length")
    );
    Some((
        reply.status,
        String::from_utf8_lossy(&reply.body).into_owned(),
    ))
}

#[test]
fn another_file_is_refused() {
    for text in ["{}", r#"{"format":2,"exchanges":[]}"#, "[]"] {
        assert!(
            matches!(Recording::parse(text), Err(LikeError::Format)),
            "{text}"
        );
    }
    assert!(matches!(Recording::parse("no"), Err(LikeError::Json(_))));
    let text = r#"{"format":1,"exchanges":[{}]}"#;
    assert!(matches!(
        Recording::parse(text),
        Err(LikeError::Part("request"))
    ));
}

#[test]
fn a_clock_that_no_server_has_is_refused() {
    let parse = |clock: &str| {
        let text = r#"{"format":1,"server":{"clock_ahead_s":CLOCK},"exchanges":[]}"#;
        Recording::parse(&text.replace("CLOCK", clock))
    };
    for clock in [
        "-2000000000",
        "1000000000000",
        "9000000000000000000",
        "9e18",
        "1.5",
    ] {
        let error = parse(clock).unwrap_err();
        assert!(matches!(error, LikeError::Clock(_)), "{clock}: {error}");
    }
    for (clock, seconds) in [("null", 0), ("-900", -900)] {
        assert_eq!(parse(clock).unwrap().clock_ahead.seconds(), seconds);
    }
}

#[test]
fn a_reply_is_repeated_byte_for_byte_until_something_changes() {
    let path = format!("{BASE}/retryPolicy/46");
    let other = format!("{BASE}/retryPolicy/47");
    let body = json!({"text": "{ 'a' : 1 }"});
    let mut replay = Replay::new(
        &recording(&[
            exchange(&path, json!({}), reply(200, body.clone())),
            exchange(&other, json!({}), reply(200, body)),
        ])
        .exchanges,
    );
    let expected = Some((200, "{ 'a' : 1 }".to_owned()));
    assert_eq!(answer(&replay, &path, ""), expected);
    replay.forget_path(&path);
    assert_eq!(answer(&replay, &path, ""), None);
    assert_eq!(answer(&replay, &other, ""), expected);
    replay.forget_vdn(71);
    assert_eq!(answer(&replay, &other, ""), None);
}

#[test]
fn any_page_of_a_recorded_list_is_served_and_counted() {
    let page = |number: u64, rows: serde_json::Value| {
        let query = json!({"pageSize": "2", "pageNum": number.to_string()});
        let body = json!({"json": {"totalCount": 917, "pageNum": "3", "data": rows}});
        exchange(&format!("{BASE}/queryOBSResults"), query, reply(200, body))
    };
    let recording = recording(&[page(1, json!([1, 2])), page(2, json!([3]))]);
    let replay = Replay::new(&recording.exchanges);
    let path = format!("{BASE}/queryOBSResults");
    let served = |query| answer(&replay, &path, query).unwrap().1;
    assert_eq!(
        served("pageNum=2&pageSize=2"),
        r#"{"data":[3],"pageNum":"2","totalCount":3}"#
    );
    assert_eq!(
        served("pageNum=1&pageSize=50"),
        r#"{"data":[1,2,3],"pageNum":"1","totalCount":3}"#
    );
}

#[test]
fn an_interface_that_served_nothing_serves_nothing_else() {
    let forbidden = reply(403, json!({"text": "<html>"}));
    let missing = reply(200, json!({"json": {"resultCode": "0200007"}}));
    let busy = reply(503, json!({"text": "busy"}));
    let recording = recording(&[
        exchange(&format!("{BASE}/holiday/46"), json!({}), forbidden),
        exchange(&format!("{BASE}/46"), json!({}), missing),
        exchange(&format!("{BASE}/callNoType/query"), json!({}), busy),
    ]);
    let replay = Replay::new(&recording.exchanges);
    let holiday = answer(&replay, &format!("{BASE}/holiday/99"), "");
    assert_eq!(holiday, Some((403, "<html>".to_owned())));
    assert_eq!(answer(&replay, &format!("{BASE}/99"), ""), None);
    assert_eq!(
        answer(&replay, &format!("{BASE}/callNoType/query"), ""),
        None
    );
}

#[test]
fn bodies_are_encoded_as_they_were() {
    let bytes = |body: serde_json::Value| {
        let path = format!("{BASE}/46");
        let recording = recording(&[exchange(&path, json!({}), reply(200, body))]);
        let reply = Replay::new(&recording.exchanges).answer(&request(&path, ""));
        reply.unwrap().body
    };
    assert_eq!(bytes(json!({"text": "参", "charset": "GBK"})), b"\xb2\xce");
    assert_eq!(
        bytes(json!({"text": "a", "byte_order_mark": true})),
        b"\xef\xbb\xbfa"
    );
    assert_eq!(bytes(json!({"pieces": ["a", 2, "b"]})), b"a\xff\xffb");
    assert!(bytes(json!({"kind": "gzip", "bytes": 9})).starts_with(&[0x1f, 0x8b]));
    assert_eq!(bytes(serde_json::Value::Null), b"");
}

#[test]
fn the_form_of_a_signature_is_demanded_that_was_accepted_when_others_were_not() {
    let with = |precision: &str, headers: &str, status: u16, off_by: i64| {
        let body = json!({"json": {"resultCode": "0200000"}});
        let mut exchange = exchange(&format!("{BASE}/46"), json!({}), reply(status, body));
        exchange["signing"] = json!({
            "timestamp_precision": precision,
            "signed_headers": headers,
            "clock_off_by_s": off_by,
        });
        exchange
    };
    let (ms, s, both, host) = ("milliseconds", "seconds", "content-type;host", "host");
    for (exchanges, expected) in [
        (vec![with(ms, both, 200, 0)], vec![]),
        (vec![with(ms, both, 401, 0)], vec![]),
        // For the clock.
        (
            vec![with(ms, both, 401, 9000), with(ms, both, 200, 0)],
            vec![],
        ),
        (
            vec![with(ms, both, 401, 0), with(ms, host, 200, 0)],
            vec!["signed-headers=host"],
        ),
        (
            vec![
                with(ms, both, 401, 0),
                with(ms, host, 401, 0),
                with(s, both, 200, 0),
            ],
            vec!["timestamp-precision=seconds"],
        ),
        (
            vec![
                with(ms, both, 401, 0),
                with(ms, host, 401, 0),
                with(s, both, 401, 0),
                with(s, host, 200, 0),
            ],
            vec!["timestamp-precision=seconds", "signed-headers=host"],
        ),
    ] {
        let expected = expected
            .iter()
            .fold(crate::Accepts::default(), |accepts, demand| {
                accepts.with(demand).unwrap()
            });
        assert_eq!(accepts(&recording(&exchanges).exchanges), expected);
    }
    let exchanges = [with(ms, both, 401, 9000), with(ms, both, 200, 10)];
    let (accepted, refused) = clock_skews(&recording(&exchanges).exchanges);
    assert_eq!((accepted, refused), (Some(10), Some(9000)));
    assert!(clock_skew(accepted, refused).unwrap().as_secs() < 9000);
    assert_eq!(clock_skew(Some(600), None).unwrap().as_secs(), 1200);
    assert_eq!(clock_skew(Some(2), Some(3)), None);
}

#[test]
fn a_limit_is_that_of_the_requests_that_were_accepted_at_once() {
    let path = format!("{BASE}/46");
    let at = |from: u64, until: u64, status: u16| {
        let body = json!({"json": {"resultCode": "0200000"}});
        let mut exchange = exchange(&path, json!({}), reply(status, body));
        exchange["took_ms"] = json!(until - from);
        exchange["at_ms"] = json!(until);
        exchange
    };
    let accepted = [at(0, 40, 200), at(10, 50, 200), at(60, 90, 200)];
    assert!(limit(&recording(&accepted)).is_none());
    let refused = [accepted.as_slice(), &[at(20, 22, 429)]].concat();
    let limit = limit(&recording(&refused)).unwrap();
    assert_eq!((limit.requests, limit.reply.status), (2, 429));
}
