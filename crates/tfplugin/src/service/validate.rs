//! Judges a configuration, whatever it is of.

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    model::Model,
    path::Step,
    schema::{Attribute, validate},
    value::Value,
};

/// How many values are put aside so that the rest can be judged. Each takes a copy of the whole.
const MOST_PUT_ASIDE: usize = 100;

/// Judges by the schema's rules, and then as a whole by its author's. A value that the model
/// cannot hold is complained of, and is unknown to the author.
pub(super) fn judge<M: Model>(
    attributes: &[Attribute],
    mut config: Value,
    write_only_allowed: bool,
    author: impl FnOnce(&M) -> Diagnostics,
) -> Diagnostics {
    let mut found = validate(attributes, &config, write_only_allowed);
    for _ in 0..MOST_PUT_ASIDE {
        match M::from_value(config.clone()) {
            Ok(config) => {
                found.extend_where_silent(author(&config));
                break;
            }
            Err(error) => {
                let known = put_aside(&mut config, error.path.steps());
                // A value that a validator has named already need not be named twice.
                found.extend_where_silent(Diagnostic::from(error).into());
                if !known {
                    break;
                }
            }
        }
    }
    found
}

/// Makes the value there unknown, or the whole set that it is in. Returns whether there was one
/// that was not.
fn put_aside(value: &mut Value, path: &[Step]) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return !std::mem::replace(value, Value::Unknown).is_unknown();
    };
    let inner = match (value, step) {
        (Value::Object(members), Step::Attribute(name)) => members.get_mut(name),
        (Value::Map(entries), Step::Key(key)) => entries.get_mut(key),
        (Value::List(elements) | Value::Tuple(elements), Step::Index(index)) => {
            elements.get_mut(*index)
        }
        (value @ Value::Set(_), _) => return put_aside(value, &[]),
        _ => None,
    };
    inner.is_some_and(|inner| put_aside(inner, rest))
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
            campaign: Attr<i64>,
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
            Attribute::number("campaign", "").validator(Validator::between(1..=9)),
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
            ("campaign", number("0")),
            ("kind", number("7")),
            ("rules", Value::List(vec![rule])),
            ("limits", limits),
        ]);
        let found = judge(&attributes, config, true, |policy: &Policy| {
            let Attr::Known(rules) = &policy.rules else {
                panic!("{policy:?}");
            };
            let unjudged = Rule {
                times: Attr::Unknown,
                day: Attr::Unknown,
            };
            assert_eq!(rules, &[Attr::Known(unjudged)]);
            let path = AttributePath::attribute("kind");
            Diagnostic::error("Invalid Kind", "0 or 1.").at(path).into()
        });
        let expected = [
            "campaign",
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
        let judged = |config| {
            judge(&attributes, config, true, |_: &Strict| {
                panic!("there is no model")
            })
        };
        let found = judged(object([("kind", number("0.5"))]));
        assert_eq!(paths(&found), ["kind"]);
        assert_eq!(paths(&judged(object([]))), ["kind"]);
    }
}
