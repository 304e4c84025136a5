use proptest::prelude::*;

use super::*;

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn strict_json_reads_as_serde_json_reads_it(value in json()) {
        let text = value.to_string();
        prop_assert_eq!(parse(&text), Ok(value));
    }

    #[test]
    fn no_text_makes_it_panic(text in r#"[\[\]{}'",:\\u0-9dDeE+.\-a-c \PC]{0,64}"#) {
        let _ = parse(&text);
    }
}

#[test]
fn both_quotes_hold_the_other_one() {
    let value = parse(r#"{'a':"it's",'b':'say "x"','c':'it\'s','d':"\ud83d\ude00"}"#);
    assert_eq!(
        value.unwrap(),
        serde_json::json!({"a": "it's", "b": "say \"x\"", "c": "it's", "d": "😀"})
    );
}

#[test]
fn each_error_says_where() {
    let error = |text| {
        let error = parse(text).unwrap_err();
        (error.offset, error.problem)
    };
    assert_eq!(error("[1 2]"), (3, SyntaxProblem::ExpectedCommaOrEnd));
    assert_eq!(error("[1,"), (3, SyntaxProblem::UnexpectedEnd));
    assert_eq!(error("{a:1}"), (1, SyntaxProblem::ExpectedKey));
    assert_eq!(error("{'a' 1}"), (5, SyntaxProblem::ExpectedColon));
    assert_eq!(error("[1] x"), (4, SyntaxProblem::TrailingText));
    assert_eq!(error("[01]"), (1, SyntaxProblem::MalformedNumber));
    assert_eq!(error(r"'\x'"), (1, SyntaxProblem::MalformedEscape));
    assert_eq!(error(r"'\ud800'"), (1, SyntaxProblem::MalformedEscape));
    assert_eq!(error("'a\nb'"), (2, SyntaxProblem::ControlCharacter));
    assert_eq!(error("[nul]"), (1, SyntaxProblem::ExpectedValue));
    assert_eq!(error("{'a':1,'a':2}"), (12, SyntaxProblem::RepeatedKey));
    assert_eq!(error(&"[".repeat(100_000)), (32, SyntaxProblem::TooDeep));
}

#[test]
fn the_doubled_quote_is_read_only_before_a_name() {
    assert_eq!(
        parse("{''policy':1}").unwrap(),
        serde_json::json!({"policy": 1})
    );
    assert_eq!(parse("{'':1}").unwrap(), serde_json::json!({"": 1}));
    assert!(parse("{'policy'':1}").is_err());
}

#[test]
fn a_byte_order_mark_and_a_repeated_value_do_no_harm() {
    assert_eq!(
        parse("\u{feff}{'a':1,'a':1}").unwrap(),
        serde_json::json!({"a": 1})
    );
}
