//! Walks a configuration and a plan side by side.

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

pub(super) fn member<'a>(object: &'a Value, name: &str) -> &'a Value {
    match object {
        Value::Object(members) => members.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}
