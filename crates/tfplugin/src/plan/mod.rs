//! The plan engine: from what Terraform proposes to what the provider promises.
//!
//! Terraform proposes the configuration laid over the prior state. The rules of the schema turn
//! that into a plan: defaults, values that stay unknown until apply, and changes that need a new
//! resource.

pub(crate) mod write_only;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    path::{AttributePath, Step},
    schema::{Attribute, Kind, Nesting, Secrecy},
    value::Value,
};

/// Fills in defaults where the configuration says nothing, and takes write-only values out.
pub(super) fn apply_defaults(attributes: &[Attribute], config: &Value, planned: &mut Value) {
    each_attribute(
        attributes,
        config,
        planned,
        &mut |attribute, config, planned| {
            if attribute.secrecy == Secrecy::WriteOnly {
                *planned = Value::Null;
            } else if config.is_null()
                && let Some(default) = &attribute.default
            {
                planned.clone_from(default);
            }
        },
    );
}

/// Marks what only apply will tell. For a plan that changes something.
pub(super) fn mark_computed(
    attributes: &[Attribute],
    config: &Value,
    prior: Option<&Value>,
    planned: &mut Value,
) {
    let exists = prior.is_some_and(|prior| !prior.is_null());
    each_attribute(
        attributes,
        config,
        planned,
        &mut |attribute, config, planned| {
            if attribute.is_computed() && config.is_null() && attribute.default.is_none() {
                // What Terraform proposes here is the value of the prior state.
                let keep = attribute.use_state_for_unknown && exists && !planned.is_null();
                if !keep {
                    *planned = Value::Unknown;
                }
            }
        },
    );
}

/// The attributes whose change needs a new resource.
pub(super) fn required_replacements(
    attributes: &[Attribute],
    prior: &Value,
    planned: &Value,
) -> Vec<AttributePath> {
    let mut found = Vec::new();
    let mut path = AttributePath::root();
    compare(attributes, prior, planned, &mut path, &mut found);
    found
}

/// Visits each attribute with the value it has in the configuration and in the plan. Elements of
/// a nested list have to stand in the configuration's order; those of a set cannot be told apart
/// and are passed over.
pub(super) fn each_attribute(
    attributes: &[Attribute],
    config: &Value,
    planned: &mut Value,
    visit: &mut dyn FnMut(&Attribute, &Value, &mut Value),
) {
    let Value::Object(planned) = planned else {
        return;
    };
    for attribute in attributes {
        let config = member(config, attribute.name);
        let Some(planned) = planned.get_mut(attribute.name) else {
            continue;
        };
        visit(attribute, config, planned);
        let Kind::Nested(nesting, attributes) = &attribute.kind else {
            continue;
        };
        match (nesting, config, planned) {
            (Nesting::Single, config @ Value::Object(_), planned) => {
                each_attribute(attributes, config, planned, visit);
            }
            (Nesting::List, Value::List(config), Value::List(planned)) => {
                for (config, planned) in config.iter().zip(planned) {
                    each_attribute(attributes, config, planned, visit);
                }
            }
            (Nesting::Map, Value::Map(config), Value::Map(planned)) => {
                for (key, planned) in planned {
                    if let Some(config) = config.get(key) {
                        each_attribute(attributes, config, planned, visit);
                    }
                }
            }
            _ => {}
        }
    }
}

fn compare(
    attributes: &[Attribute],
    prior: &Value,
    planned: &Value,
    path: &mut AttributePath,
    found: &mut Vec<AttributePath>,
) {
    for attribute in attributes {
        let (prior, planned) = (
            member(prior, attribute.name),
            member(planned, attribute.name),
        );
        if prior == planned {
            continue;
        }
        path.push(Step::Attribute(attribute.name.to_owned()));
        if attribute.requires_replace {
            found.push(path.clone());
        } else if let Kind::Nested(nesting, attributes) = &attribute.kind {
            compare_nested(*nesting, attributes, prior, planned, path, found);
        }
        path.pop();
    }
}

/// Compares object by object; one that comes or goes, with nothing.
fn compare_nested(
    nesting: Nesting,
    attributes: &[Attribute],
    prior: &Value,
    planned: &Value,
    path: &mut AttributePath,
    found: &mut Vec<AttributePath>,
) {
    let (Some(prior), Some(planned)) = (objects(nesting, prior), objects(nesting, planned)) else {
        return;
    };
    let steps: BTreeSet<_> = prior.keys().chain(planned.keys()).collect();
    for step in steps {
        let prior = prior.get(step).copied().unwrap_or(&Value::Null);
        let planned = planned.get(step).copied().unwrap_or(&Value::Null);
        if let Some(step) = step {
            path.push(step.clone());
        }
        compare(attributes, prior, planned, path, found);
        if step.is_some() {
            path.pop();
        }
    }
}

/// The objects of a nested attribute by the step that leads to each; `None` where they cannot be
/// told apart, or are not known.
fn objects(nesting: Nesting, value: &Value) -> Option<BTreeMap<Option<Step>, &Value>> {
    match (nesting, value) {
        (_, Value::Null) => Some(BTreeMap::new()),
        (Nesting::Single, Value::Object(_)) => Some([(None, value)].into()),
        (Nesting::List, Value::List(elements)) => {
            let elements = elements.iter().enumerate();
            Some(
                elements
                    .map(|(at, one)| (Some(Step::Index(at)), one))
                    .collect(),
            )
        }
        (Nesting::Map, Value::Map(entries)) => {
            let entries = entries.iter();
            Some(
                entries
                    .map(|(key, one)| (Some(Step::Key(key.clone())), one))
                    .collect(),
            )
        }
        _ => None,
    }
}

fn member<'a>(object: &'a Value, name: &str) -> &'a Value {
    match object {
        Value::Object(members) => members.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Vec<Attribute> {
        vec![
            Attribute::string("id", "")
                .computed()
                .use_state_for_unknown(),
            Attribute::string("revision", "").computed(),
            Attribute::string("mode", "").default("keep"),
            Attribute::string("secret", "").write_only(),
            Attribute::number("campaign", "")
                .required()
                .requires_replace(),
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

    fn whole(id: Value, revision: Value, mode: Value, campaign: i64, rules: Vec<Value>) -> Value {
        object([
            ("id", id),
            ("revision", revision),
            ("mode", mode),
            ("secret", Value::Null),
            ("campaign", campaign.into()),
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
        assert_eq!(paths, ["campaign", "rules[0].place"]);
        assert!(required_replacements(&schema(), &prior, &prior).is_empty());
    }

    #[test]
    fn an_object_that_comes_or_goes_is_a_change_of_what_is_in_it() {
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
}
