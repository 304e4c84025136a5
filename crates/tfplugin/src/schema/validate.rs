//! Validates a configuration by the validators of its schema.

use super::attribute::{Attribute, Kind, Nesting, Secrecy};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    path::{AttributePath, Step},
    value::Value,
};

/// Validates every value that is known and not null by the rules of its attribute.
///
/// `write_only_allowed` says that the host keeps write-only values out of the state.
pub(crate) fn validate(
    attributes: &[Attribute],
    config: &Value,
    write_only_allowed: bool,
) -> Diagnostics {
    let mut walk = Walk {
        path: AttributePath::root(),
        found: Diagnostics::new(),
        write_only_allowed,
    };
    walk.object(attributes, config);
    walk.found
}

struct Walk {
    path: AttributePath,
    found: Diagnostics,
    write_only_allowed: bool,
}

impl Walk {
    fn object(&mut self, attributes: &[Attribute], value: &Value) {
        let Value::Object(values) = value else {
            return;
        };
        for attribute in attributes {
            match values.get(attribute.name) {
                None => {}
                Some(value) if value.is_null() || value.is_unknown() => {}
                Some(value) => {
                    self.path.push(Step::Attribute(attribute.name.to_owned()));
                    self.attribute(attribute, value);
                    self.path.pop();
                }
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value) {
        if attribute.secrecy == Secrecy::WriteOnly && !self.write_only_allowed {
            self.found.push(
                Diagnostic::error(
                    "Write-Only Attribute Not Allowed",
                    "This value would be stored in the state. Use Terraform 1.11 or newer, which does not \
                     store write-only values, or omit the attribute.",
                )
                .at(self.path.clone()),
            );
        }
        for validator in &attribute.validators {
            if let Err(error) = validator.check(value) {
                self.found.push(
                    Diagnostic::error("Invalid Attribute Value", error).at(self.path.clone()),
                );
            }
        }
        let Kind::Nested(nesting, attributes) = &attribute.kind else {
            return;
        };
        match (nesting, value) {
            (Nesting::List, Value::List(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.object(attributes, element);
                    self.path.pop();
                }
            }
            (Nesting::Map, Value::Map(entries)) => {
                for (key, element) in entries {
                    self.path.push(Step::Key(key.clone()));
                    self.object(attributes, element);
                    self.path.pop();
                }
            }
            (Nesting::Set, Value::Set(elements)) => {
                for element in elements {
                    self.object(attributes, element);
                }
            }
            _ => self.object(attributes, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::validator::Validator, *};

    fn schema() -> Vec<Attribute> {
        vec![
            Attribute::string("token", "A secret.").write_only(),
            Attribute::nested(
                "rules",
                Nesting::List,
                vec![Attribute::number("times", "How often.").validator(Validator::between(0..=9))],
                "The rules.",
            ),
        ]
    }

    fn config(token: Value, times: [Value; 2]) -> Value {
        let rule = |times| Value::Object([("times".to_owned(), times)].into());
        let rules = Value::List(times.map(rule).into());
        Value::Object([("token".to_owned(), token), ("rules".to_owned(), rules)].into())
    }

    #[test]
    fn a_rule_inside_a_list_knows_its_place() {
        let config = config(Value::Null, [Value::Unknown, (-1).into()]);
        let found: Vec<_> = validate(&schema(), &config, true).into_iter().collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path.to_string(), "rules[1].times");
    }

    #[test]
    fn a_write_only_value_needs_a_host_that_keeps_it_out_of_the_state() {
        let config = config("x".into(), [Value::Null, Value::Null]);
        assert!(!validate(&schema(), &config, true).has_errors());
        assert!(validate(&schema(), &config, false).has_errors());
    }
}
