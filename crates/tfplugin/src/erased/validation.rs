//! Validates a configuration by the rules of its schema and of its author.

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    model::Model,
    path::Step,
    schema::{Attribute, validate},
    value::Value,
};

/// How many values at most are set aside so that the rest can be validated. Each costs a copy of the
/// configuration.
const MOST_SET_ASIDE: usize = 100;

/// Validates by the schema's rules, and then as a whole by its author's. A value that the model
/// cannot hold is an error, and is unknown to the author.
pub(crate) fn validate_config<M: Model>(
    attributes: &[Attribute],
    mut config: Value,
    write_only_allowed: bool,
    author: impl FnOnce(&M) -> Diagnostics,
) -> Diagnostics {
    let mut found = validate(attributes, &config, write_only_allowed);
    for _ in 0..MOST_SET_ASIDE {
        match M::from_value(config.clone()) {
            Ok(config) => {
                found.extend_new_paths(author(&config));
                break;
            }
            Err(error) => {
                let known = set_aside(&mut config, error.path.steps());
                // A value that a validator has rejected already is not reported twice.
                found.extend_new_paths(Diagnostic::from(error).into());
                if !known {
                    break;
                }
            }
        }
    }
    found
}

/// Makes the value at `path` unknown, or the whole set that contains it. Returns whether it was not
/// unknown before.
fn set_aside(value: &mut Value, path: &[Step]) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return !std::mem::replace(value, Value::Unknown).is_unknown();
    };
    let inner = match (value, step) {
        (Value::Object(members), Step::Attribute(name)) => members.get_mut(name),
        (Value::Map(entries), Step::Key(key)) => entries.get_mut(key),
        (Value::List(elements) | Value::Tuple(elements), Step::Index(index)) => {
            elements.get_mut(*index)
        }
        (value @ Value::Set(_), _) => return set_aside(value, &[]),
        _ => None,
    };
    inner.is_some_and(|inner| set_aside(inner, rest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        model,
        model::Attr,
        path::AttributePath,
        schema::{Nesting, Validator},
    };

    model! {
        struct Policy {
            owner: Attr<i64>,
            kind: Attr<i64>,
            rules: Attr<Vec<Attr<Rule>>>,
            limits: Attr<BTreeMap<String, Attr<i64>>>,
        }

        struct Rule {
            times: Attr<i64>,
            day: Attr<i64>,
        }

        struct Strict {
            kind: i64,
        }
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
        Value::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
    }

    fn paths(found: &Diagnostics) -> Vec<String> {
        found.iter().map(|found| found.path.to_string()).collect()
    }

    #[test]
    fn one_bad_value_does_not_hide_the_others() {
        let attributes = [
            Attribute::number("owner", "").validator(Validator::between(1..=9)),
            Attribute::number("kind", ""),
            Attribute::nested(
                "rules",
                Nesting::List,
                vec![Attribute::number("times", ""), Attribute::number("day", "")],
                "",
            ),
            Attribute::new("limits", crate::value::types::Type::Dynamic, ""),
        ];
        let rule = object([("times", number("1.5")), ("day", number("2.5"))]);
        let limits = Value::Map([("a".to_owned(), number("0.5"))].into());
        let config = object([
            ("owner", number("0")),
            ("kind", number("7")),
            ("rules", Value::List(vec![rule])),
            ("limits", limits),
        ]);
        let found = validate_config(&attributes, config, true, |policy: &Policy| {
            let Attr::Known(rules) = &policy.rules else {
                panic!("{policy:?}");
            };
            let unknown = Rule {
                times: Attr::Unknown,
                day: Attr::Unknown,
            };
            assert_eq!(rules, &[Attr::Known(unknown)]);
            let path = AttributePath::attribute("kind");
            Diagnostic::error("Invalid Kind", "0 or 1.").at(path).into()
        });
        let expected = [
            "owner",
            "rules[0].times",
            "rules[0].day",
            "limits[\"a\"]",
            "kind",
        ];
        assert_eq!(paths(&found), expected);
    }

    #[test]
    fn a_value_that_may_not_even_be_unknown_ends_it() {
        let attributes = [Attribute::number("kind", "")];
        let validated = |config| {
            validate_config(&attributes, config, true, |_: &Strict| {
                panic!("there is no model")
            })
        };
        let found = validated(object([("kind", number("0.5"))]));
        assert_eq!(paths(&found), ["kind"]);
        assert_eq!(paths(&validated(object([]))), ["kind"]);
    }
}
