//! Walks over the attributes of values.

use crate::{
    schema::{Attribute, Kind, Nesting},
    value::Value,
};

/// Visits each attribute with its value in the configuration and in the plan. The elements of a
/// nested list must be in the order of the configuration. Those of a set have no path and are
/// skipped.
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

/// Visits each attribute of one value at every depth, also in the elements of sets. An attribute is
/// visited before those inside it.
pub(super) fn each_value(
    attributes: &[Attribute],
    value: &mut Value,
    visit: &mut dyn FnMut(&Attribute, &mut Value),
) {
    let Value::Object(members) = value else {
        return;
    };
    for attribute in attributes {
        let Some(value) = members.get_mut(attribute.name) else {
            continue;
        };
        visit(attribute, value);
        let Kind::Nested(_, attributes) = &attribute.kind else {
            continue;
        };
        match value {
            Value::List(elements) => {
                for element in elements {
                    each_value(attributes, element, visit);
                }
            }
            Value::Set(elements) => {
                let mut visited = std::mem::take(elements);
                for element in &mut visited {
                    each_value(attributes, element, visit);
                }
                *value = Value::set(visited);
            }
            Value::Map(entries) => {
                for entry in entries.values_mut() {
                    each_value(attributes, entry, visit);
                }
            }
            one => each_value(attributes, one, visit),
        }
    }
}

pub(super) fn member<'a>(object: &'a Value, name: &str) -> &'a Value {
    match object {
        Value::Object(members) => members.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}
