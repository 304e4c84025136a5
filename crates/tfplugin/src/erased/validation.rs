//! Validates a configuration by the rules of its schema and of its author.

use zeroize::Zeroizing;

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    model::Model,
    schema::{Attribute, validate},
    value::{ConversionError, Value},
};

/// How many findings are shown. More would bury the first ones, and take Terraform minutes to print.
const MOST_SHOWN: usize = 100;

/// Validates by the schema's rules, and then as a whole by its author's. A value that the model
/// cannot hold is an error, and is unknown to the author.
pub(crate) fn validate_config<M: Model>(
    attributes: &[Attribute],
    config: impl Into<Zeroizing<Value>>,
    write_only_allowed: bool,
    mut author: impl FnMut(&M) -> Diagnostics,
) -> Diagnostics {
    let mut author = |config| M::from_value(config).map(|model| author(&model));
    validate_value(
        attributes,
        config.into(),
        write_only_allowed,
        &mut author,
        M::set_aside,
    )
}

/// Does the same in values, so that it exists once.
fn validate_value(
    attributes: &[Attribute],
    // Every copy that is not handed on wipes itself: a configuration may hold secrets.
    mut config: Zeroizing<Value>,
    write_only_allowed: bool,
    author: &mut dyn FnMut(Value) -> Result<Diagnostics, ConversionError>,
    set_aside: fn(&mut Value, &mut Vec<ConversionError>),
) -> Diagnostics {
    let mut found = validate(attributes, &config, write_only_allowed);
    let judged = author(Value::clone(&config)).or_else(|_| {
        let mut unusable = Vec::new();
        set_aside(&mut config, &mut unusable);
        // A value that a validator has rejected already is not reported twice.
        found.extend_new_paths(unusable.into_iter().map(Diagnostic::from).collect());
        author(config.take())
    });
    match judged {
        Ok(findings) => found.extend_new_paths(findings),
        // Some part of the model may not even be unknown.
        Err(error) => found.extend_new_paths(Diagnostic::from(error).into()),
    }
    found.shorten(MOST_SHOWN);
    found
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
    fn every_unusable_value_is_found_in_one_pass() {
        let rule = |text| object([("times", number(text)), ("day", number("1"))]);
        let rules: Vec<_> = (0..20_000)
            .map(|at| rule(if at == 7 { "7" } else { "1.5" }))
            .collect();
        let config = object([
            ("owner", number("1")),
            ("kind", number("0.5")),
            ("rules", Value::List(rules)),
            ("limits", Value::Null),
        ]);
        // Each of them breaks a rule of the schema as well, so that all paths are compared.
        let times = Attribute::number("times", "").validator(Validator::between(1..=9));
        let rule = vec![times, Attribute::number("day", "")];
        let attributes = [Attribute::nested("rules", Nesting::List, rule, "")];
        let mut known = 0;
        let found = validate_config(&attributes, config, true, |policy: &Policy| {
            let Attr::Known(rules) = &policy.rules else {
                panic!("there are rules");
            };
            for rule in rules {
                let Attr::Known(rule) = rule else {
                    panic!("only what is unusable is set aside");
                };
                known += usize::from(rule.times != Attr::Unknown);
            }
            Diagnostics::new()
        });
        assert_eq!(known, 1);
        assert_eq!(found.iter().count(), MOST_SHOWN + 1);
        let last = found.iter().last().unwrap();
        // 19,999 by the validator, and kind.
        assert!(last.detail.starts_with("19900 more"), "{}", last.detail);
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
