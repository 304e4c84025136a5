//! The rules together, on one schema.

use super::*;
use crate::{
    schema::{Attribute, Nesting},
    value::Value,
};

fn schema() -> Vec<Attribute> {
    vec![
        Attribute::string("id", "")
            .computed()
            .use_state_for_unknown(),
        Attribute::string("revision", "").computed(),
        Attribute::string("mode", "").default("keep"),
        Attribute::string("secret", "").write_only(),
        Attribute::number("owner", "").required().requires_replace(),
        Attribute::nested(
            "rules",
            Nesting::List,
            vec![
                Attribute::number("times", "").default(3),
                Attribute::string("place", "").requires_replace(),
            ],
            "",
        ),
    ]
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.map(|(name, value)| (name.to_owned(), value));
    Value::Object(members.into())
}

fn whole(id: Value, revision: Value, mode: Value, owner: i64, rules: Vec<Value>) -> Value {
    object([
        ("id", id),
        ("revision", revision),
        ("mode", mode),
        ("secret", Value::Null),
        ("owner", owner.into()),
        ("rules", Value::List(rules)),
    ])
}

fn rule(times: Value, place: &str) -> Value {
    object([("times", times), ("place", place.into())])
}

#[test]
fn defaults_reach_into_nested_lists() {
    let config = whole(
        Value::Null,
        Value::Null,
        Value::Null,
        1,
        vec![rule(Value::Null, "a"), rule(7.into(), "b")],
    );
    let mut planned = config.clone();
    apply_defaults(&schema(), &config, &mut planned);
    let expected = whole(
        Value::Null,
        Value::Null,
        "keep".into(),
        1,
        vec![rule(3.into(), "a"), rule(7.into(), "b")],
    );
    assert_eq!(planned, expected);
}

#[test]
fn write_only_values_leave_the_plan() {
    let config = object([("secret", "x".into())]);
    let mut planned = config.clone();
    apply_defaults(&schema(), &config, &mut planned);
    assert_eq!(planned, object([("secret", Value::Null)]));
}

#[test]
fn computed_values_are_unknown_unless_the_state_keeps_them() {
    let config = whole(Value::Null, Value::Null, "keep".into(), 1, vec![]);
    let mut created = config.clone();
    mark_computed(&schema(), &config, None, &mut created);
    let expected = whole(Value::Unknown, Value::Unknown, "keep".into(), 1, vec![]);
    assert_eq!(created, expected);

    let prior = whole("i".into(), "r1".into(), "keep".into(), 1, vec![]);
    let mut updated = prior.clone();
    mark_computed(&schema(), &config, Some(&prior), &mut updated);
    let expected = whole("i".into(), Value::Unknown, "keep".into(), 1, vec![]);
    assert_eq!(updated, expected);
}

#[test]
fn replacements_are_found_at_every_depth() {
    let prior = whole(
        "i".into(),
        "r".into(),
        "m".into(),
        1,
        vec![rule(1.into(), "a")],
    );
    let moved = whole(
        "i".into(),
        "r".into(),
        "n".into(),
        2,
        vec![rule(2.into(), "b")],
    );
    let paths: Vec<_> = required_replacements(&schema(), &prior, &moved)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(paths, ["owner", "rules[0].place"]);
    assert!(required_replacements(&schema(), &prior, &prior).is_empty());
}

#[test]
fn a_new_or_removed_object_changes_its_attributes() {
    let inner = || vec![Attribute::string("place", "").requires_replace()];
    let one = object([("place", "a".into())]);
    let empty = object([("place", Value::Null)]);
    for (nesting, around, expected) in [
        (Nesting::Single, one.clone(), "it.place"),
        (Nesting::List, Value::List(vec![one.clone()]), "it[0].place"),
        (
            Nesting::Map,
            Value::Map([("k".to_owned(), one)].into()),
            "it[\"k\"].place",
        ),
    ] {
        let schema = [Attribute::nested("it", nesting, inner(), "")];
        let with = object([("it", around)]);
        let without = object([("it", Value::Null)]);
        for (prior, planned) in [(&with, &without), (&without, &with)] {
            let found = required_replacements(&schema, prior, planned);
            let paths: Vec<_> = found.iter().map(ToString::to_string).collect();
            assert_eq!(paths, [expected]);
        }
    }
    let schema = [Attribute::nested("it", Nesting::Single, inner(), "")];
    let (with, without) = (object([("it", empty)]), object([("it", Value::Null)]));
    assert!(required_replacements(&schema, &without, &with).is_empty());
}
