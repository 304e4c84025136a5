//! Properties of replaced bodies.

use std::time::SystemTime;

use fastrand::Rng;
use isales_client::observer::ObservedReply;
use proptest::prelude::{
    Just, Strategy, TestCaseError, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use serde_json::{Value, json};

use super::{
    body::Body,
    character::Kind,
    keep::Keep,
    token::{StandIns, Tokens},
};

const SECRETS: [&str; 2] = ["EXAMPLEAK", "s-3-c r/ét"];

/// Bodies that are replaced together, as those of one report.
#[derive(Default)]
struct Bodies {
    tokens: Tokens,
    bodies: Vec<Body>,
}

// === impl Bodies ===

impl Bodies {
    fn add(&mut self, body: &[u8], content_type: &str) {
        let reply = ObservedReply {
            status: 200,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: Some(body.to_vec()),
            received: SystemTime::UNIX_EPOCH,
        };
        let body = Body::of_reply(&reply, &Keep::new(SECRETS), &mut self.tokens);
        self.bodies.push(body);
    }

    fn stand_ins(&self, seed: u64) -> StandIns {
        self.tokens.draw(&mut Rng::with_seed(seed))
    }

    fn replaced(&self, seed: u64) -> Vec<Value> {
        let stand_ins = self.stand_ins(seed);
        let bodies = self.bodies.iter();
        bodies
            .map(|body| serde_json::from_str(&body.to_json(&stand_ins)).unwrap())
            .collect()
    }
}

/// Returns the text that stands in for a text.
fn replaced_with(text: &str, content_type: &str, seed: u64) -> String {
    let mut bodies = Bodies::default();
    bodies.add(text.as_bytes(), content_type);
    let Body::Text { text, .. } = &bodies.bodies[0] else {
        panic!("{bodies:?}", bodies = bodies.bodies);
    };
    text.replaced(&bodies.stand_ins(seed))
}

fn replaced(text: &str) -> String {
    replaced_with(text, "application/json", 1)
}

/// Returns the kinds of the characters of a text, and its other characters.
fn kinds(text: &str) -> Vec<Result<Kind, char>> {
    text.chars()
        .map(|character| Kind::of(character).ok_or(character))
        .collect()
}

/// Returns all values in a JSON value, without the members whose values are kept.
fn leaves(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(entries) => entries.iter().flat_map(leaves).collect(),
        Value::Object(members) => members.values().flat_map(leaves).collect(),
        leaf => vec![leaf.clone()],
    }
}

#[test]
fn the_forms_of_the_api_stay_what_they_are() {
    for (text, kept) in [
        (
            r#"{"resultCode":"0200000","resultDesc":"","data":{"retryPolicyId":"71","policyType":0,"policyJson":"[{'type':0,'retryTimes':3,'retryDay':12}]","noRetryPolicy":"[\"002\",\"U07\"]"}}"#,
            r#"{"resultCode":"0200000","resultDesc":"","data":{"retryPolicyId":"dd","policyType":0,"policyJson":"[{'type':0,'retryTimes':d,'retryDay':dd}]","noRetryPolicy":"[\"00d\",\"Cdd\"]"}}"#,
        ),
        (
            r#"{"policyJson":"[{\"dataType\":\"ST\",\"type\":1,''policy':[{'result':4.0}]}]"}"#,
            r#"{"policyJson":"[{\"dataType\":\"CC\",\"type\":1,''policy':[{'result':d.0}]}]"}"#,
        ),
        (
            r#"{"policyJson":"[{'dataType':'ST','type':1,''policy':[{'result':'4e0'}]}]"}"#,
            r#"{"policyJson":"[{'dataType':'CC','type':1,''policy':[{'result':'de0'}]}]"}"#,
        ),
        (
            r#"{"returnCode":"0200999","a":-1,"b":-2.0,"c":0,"d":2500E-2,"e":-12.05,"f":"002;007"}"#,
            r#"{"returnCode":"0dddddd","a":-1,"b":-2.0,"c":0,"d":dd00E-2,"e":-dd.0d,"f":"00d;00d"}"#,
        ),
        (
            r#"{"a":1e918273645,"b":1e003}"#,
            r#"{"a":dcddddddddd,"b":de003}"#,
        ),
        (
            r#"{"beginTime":"2025-01-31 23:59:59","day":"12-25","46":{"b":null,"c":true}}"#,
            r#"{"beginTime":"dddd-dd-dd dd:dd:dd","day":"dd-dd","dd":{"b":null,"c":true}}"#,
        ),
        (
            r#"{"data":"{\"policyJson\":\"[{\\\"dataType\\\":\\\"Acme\\\"}]\"}"}"#,
            r#"{"data":"{\"policyJson\":\"[{\\\"dataType\\\":\\\"Cccc\\\"}]\"}"}"#,
        ),
        (
            r#"{"policyJson":"[{'dataType':'Ac"#,
            r#"{"policyJson":"[{'ddddDddd':'Cc"#,
        ),
        (
            r#"{"resultDesc":"the member \"acme\": is \u5317\u4eac [002, 007]","a":1"#,
            r#"{"resultDesc":"ccc cccccc \"cccc\": cc \uhhhh\uhhhh [00d, 00d]","a":d"#,
        ),
    ] {
        let other = replaced(text);
        assert_eq!(other.chars().count(), text.chars().count(), "{other}");
        for ((kept, now), was) in kept.chars().zip(other.chars()).zip(text.chars()) {
            let is_alike = match kept {
                'd' if was.is_ascii_digit() => now.is_ascii_digit(),
                'c' | 'd' if was.is_ascii_lowercase() => now.is_ascii_lowercase(),
                'C' | 'D' if was.is_ascii_uppercase() => now.is_ascii_uppercase(),
                'h' => now.is_ascii_hexdigit(),
                kept => now == kept,
            };
            assert!(is_alike, "{text}\n{other}: {now} for {was}");
        }
        assert_ne!(other, text);
    }
}

#[test]
fn a_page_keeps_its_tags_and_nothing_else() {
    let page = "<!DOCTYPE html>\n<html lang=\"en\"><body class='acme'><acme id=acme><!-- acme \
                --><h1>502 acme&nbsp;&copy; acme</h1><a href=\"https://acme/acme?acme=acme\">\
                acme</a></body></html>";
    let other = replaced_with(page, "text/html", 1);
    assert_eq!(kinds(&other), kinds(page));
    assert!(!other.contains("acme"), "{other}");
    for kept in [
        "<!DOCTYPE html>\n<html lang=\"",
        "\"><body class='",
        "--><h1>",
        "&nbsp;&copy; ",
        "</h1><a href=\"",
        "</a></body></html>",
    ] {
        assert!(other.contains(kept), "{kept}: {other}");
    }
}

#[test]
fn secrets_are_replaced_as_a_whole() {
    let echo = "xEXAMPLEAK auth-v2/EXAMPLEAK/2025-01-02T03:04:05.678Z/host/0a1b s-3-c r/ét s-3-c";
    let other = replaced_with(echo, "text/plain", 1);
    assert_eq!(kinds(&other), kinds(echo));
    for secret in SECRETS {
        assert!(!other.contains(secret), "{other}");
    }
    // A part of a secret is another value, which tells nothing of it.
    let words: Vec<&str> = other.split(' ').collect();
    assert!(!words[2].starts_with(words[4]), "{other}");
    let date = other.split('/').nth(2).unwrap();
    assert_eq!(date.len(), "2025-01-02T03:04:05.678Z".len());
    assert!(date.contains('T') && date.ends_with('Z'), "{date}");
}

#[test]
fn bytes_that_are_no_text_are_counted() {
    let mut bodies = Bodies::default();
    bodies.add(
        b"{\"\xff\xferesultCode\":\"0200000\",\"a\":\"acme\"}\xff",
        "application/json",
    );
    bodies.add(&[0x1f, 0x8b, 0, 1, 2], "application/json");
    bodies.add(b"\xff\xff\xff\xff", "application/json");
    bodies.add(b"\xef\xbb\xbf{\"a\":\"acme\"}", "application/json");
    bodies.add(
        b"{\"a\":\"\xb2\xce\xca\xfd\"}",
        "application/json;charset=GBK",
    );
    let [damaged, gzip, binary, marked, gbk] = bodies.replaced(1).try_into().unwrap();
    let pieces = damaged["pieces"].as_array().unwrap();
    assert_eq!(pieces.len(), 5, "{damaged}");
    assert_eq!(
        (&pieces[0], &pieces[1], &pieces[3]),
        (&json!("{\""), &json!(2), &json!(1))
    );
    assert_eq!(gzip, json!({"kind": "gzip", "bytes": 5}));
    assert_eq!(binary, json!({"kind": "binary", "bytes": 4}));
    assert_eq!(marked["byte_order_mark"], true);
    assert_eq!(gbk["charset"], "GBK");
    assert_eq!(gbk["json"]["a"].as_str().map(kinds), Some(kinds("参数")));
    let all = format!("{damaged}{marked}{gbk}");
    assert!(!all.contains("acme") && !all.contains("参数"), "{all}");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9 _.,:;/@'\"\\\\-]{0,16}",
        "[éßЖ中한\u{301} a1]{0,8}",
        "[0-9]{1,20}",
        Just("2025-02-28 12:30:00".to_owned()),
        any::<String>(),
    ]
}

/// Values whose members have such names.
fn value(names: &'static str) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-100..100).prop_map(Value::from),
        "-?[1-9][0-9]{0,3}(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?"
            .prop_map(|number| serde_json::from_str(&number).unwrap()),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let members = prop::collection::btree_map(names, inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
            // JSON in a string.
            inner.prop_map(|inner| Value::from(json!([inner]).to_string())),
        ]
    })
}

/// Checks that both have the same members, types and lengths.
fn check_alike(value: &Value, other: &Value) -> Result<(), TestCaseError> {
    match (value, other) {
        (Value::Array(value), Value::Array(other)) => {
            prop_assert_eq!(value.len(), other.len());
            for (value, other) in value.iter().zip(other) {
                check_alike(value, other)?;
            }
        }
        (Value::Object(value), Value::Object(other)) => {
            prop_assert_eq!(value.len(), other.len());
            let keep = Keep::new(SECRETS);
            for (name, value) in value.iter().filter(|(name, _)| keep.name(name)) {
                let other = other.get(name);
                prop_assert!(other.is_some(), "{}", name);
                check_alike(value, other.unwrap_or(&Value::Null))?;
            }
        }
        (Value::Number(value), Value::Number(other)) => {
            prop_assert_eq!(kinds(&value.to_string()), kinds(&other.to_string()));
            prop_assert_eq!(value.as_i64().is_some(), other.as_i64().is_some());
        }
        (Value::String(value), Value::String(other)) => {
            prop_assert_eq!(value.chars().count(), other.chars().count());
        }
        (value, other) => prop_assert_eq!(value, other),
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_structure_stays_a_structure(value in value("[a-zA-Z]{1,8}|[0-9]{1,3}"), seed: u64) {
        let text = json!({ "a": value }).to_string();
        let other = replaced_with(&text, "application/json", seed);
        let parsed: Value = serde_json::from_str(&other)
            .map_err(|error| TestCaseError::fail(format!("{error}: {text} became {other}")))?;
        check_alike(&value, &parsed["a"])?;
        // And again: nothing in the form is lost.
        let again = replaced_with(&other, "application/json", seed ^ 1);
        prop_assert_eq!(kinds(&again).len(), kinds(&text).len());
    }

    #[test]
    fn equal_values_stay_equal_and_others_differ(
        values in prop::collection::vec(value("[a-z]{1,8}"), 1..6),
        seed: u64,
    ) {
        let mut bodies = Bodies::default();
        for value in &values {
            bodies.add(json!([value]).to_string().as_bytes(), "application/json");
        }
        let leaves = leaves(&Value::from(values));
        let others: Vec<Value> = bodies
            .replaced(seed)
            .iter()
            .flat_map(|body| match (&body["json"], body["text"].as_str()) {
                (Value::Null, Some(text)) => super::tests::leaves(&serde_json::from_str(text).unwrap()),
                (json, _) => super::tests::leaves(json),
            })
            .collect();
        prop_assert_eq!(leaves.len(), others.len());
        for (one, other) in leaves.iter().zip(&others) {
            for (two, another) in leaves.iter().zip(&others) {
                prop_assert_eq!(one == two, other == another, "{} and {}", one, two);
            }
        }
    }

    #[test]
    fn a_marker_is_found_in_no_encoding(
        before in text(),
        after in text(),
        times in 0..4_usize,
        seed: u64,
    ) {
        const MARKER: &str = "QzmarkerXy774109283516";
        let mut value = format!("{before}{MARKER}{after}");
        for _ in 0..times {
            value = json!([{ "dataType": value }]).to_string();
        }
        let body = json!({ "resultDesc": value, MARKER: MARKER, "list": [MARKER] }).to_string();
        for cut in [body.len(), body.len() * 2 / 3] {
            let body = String::from_utf8_lossy(&body.as_bytes()[..cut]).into_owned();
            let other = replaced_with(&body, "application/json", seed);
            prop_assert!(!other.contains(MARKER), "{} became {}", body, other);
            prop_assert!(!other.contains("774109283516"), "{} became {}", body, other);
        }
    }

    #[test]
    fn no_body_makes_it_panic(body in prop::collection::vec(any::<u8>(), 0..64), html: bool) {
        let mut bodies = Bodies::default();
        bodies.add(&body, if html { "text/html" } else { "application/json" });
        prop_assert_eq!(bodies.replaced(1).len(), 1);
    }

    #[test]
    fn no_page_makes_it_panic(page in "[<>/!a-h1-9=\"'&; -]{0,40}", seed: u64) {
        let page = format!("<{page}");
        let other = replaced_with(&page, "text/html", seed);
        prop_assert_eq!(kinds(&other), kinds(&page));
    }
}
