//! Finds the changes that need a new resource.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::member;
use crate::{
    path::{AttributePath, Step},
    schema::{Attribute, Kind, Nesting},
    value::Value,
};

/// Returns the changed attributes that require a new resource.
pub(crate) fn required_replacements(
    attributes: &[Attribute],
    prior: &Value,
    planned: &Value,
) -> Vec<AttributePath> {
    let mut found = Vec::new();
    let mut path = AttributePath::root();
    compare(attributes, prior, planned, &mut path, &mut found);
    found
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

/// Compares object by object. A new or removed object is compared with null.
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

/// Returns the objects of a nested attribute by the step that leads to each; `None` if they have no
/// path, or are unknown.
fn objects(nesting: Nesting, value: &Value) -> Option<BTreeMap<Option<Step>, &Value>> {
    let mut objects = BTreeMap::new();
    match (nesting, value) {
        (_, Value::Null) => {}
        (Nesting::Single, Value::Object(_)) => {
            objects.insert(None, value);
        }
        (Nesting::List, Value::List(elements)) => {
            let elements = elements.iter().enumerate();
            objects.extend(elements.map(|(at, one)| (Some(Step::Index(at)), one)));
        }
        (Nesting::Map, Value::Map(entries)) => {
            let entries = entries.iter();
            objects.extend(entries.map(|(key, one)| (Some(Step::Key(key.clone())), one)));
        }
        _ => return None,
    }
    Some(objects)
}
