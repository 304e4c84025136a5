//! Write-only values: part of the configuration, but never of a plan or a state.

use super::walk::{each_attribute, each_value};
use crate::{
    schema::{Attribute, Secrecy},
    value::Value,
};

/// Copies them from the configuration to a planned object.
pub(crate) fn fill(attributes: &[Attribute], config: &Value, planned: &mut Value) {
    each_attribute(
        attributes,
        config,
        planned,
        &mut |attribute, config, planned| {
            if attribute.secrecy == Secrecy::WriteOnly {
                planned.clone_from(config);
            }
        },
    );
}

/// Removes them at every depth.
pub(crate) fn clear(attributes: &[Attribute], value: &mut Value) {
    each_value(attributes, value, &mut |attribute, value| {
        if attribute.secrecy == Secrecy::WriteOnly {
            *value = Value::Null;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Nesting;

    fn nested(nesting: Nesting) -> Vec<Attribute> {
        let inner = vec![
            Attribute::string("name", ""),
            Attribute::string("token", "").write_only(),
        ];
        vec![Attribute::nested("keys", nesting, inner, "")]
    }

    fn key(token: Value) -> Value {
        let name = ("name".to_owned(), "a".into());
        Value::Object([name, ("token".to_owned(), token)].into())
    }

    #[test]
    fn they_are_filled_in_and_taken_out_at_every_depth() {
        let single = |key| key;
        let list = |key| Value::List(vec![key]);
        let map = |key| Value::Map([("k".to_owned(), key)].into());
        for (nesting, around) in [
            (Nesting::Single, single as fn(Value) -> Value),
            (Nesting::List, list),
            (Nesting::Map, map),
        ] {
            let whole = |token| Value::Object([("keys".to_owned(), around(key(token)))].into());
            let mut value = whole(Value::Null);
            fill(&nested(nesting), &whole("secret".into()), &mut value);
            assert_eq!(value, whole("secret".into()), "{nesting:?}");
            clear(&nested(nesting), &mut value);
            assert_eq!(value, whole(Value::Null), "{nesting:?}");
        }
    }

    #[test]
    fn those_in_a_set_are_taken_out_too() {
        let set = |token| Value::Object([("keys".to_owned(), Value::set([key(token)]))].into());
        let mut value = set("secret".into());
        clear(&nested(Nesting::Set), &mut value);
        assert_eq!(value, set(Value::Null));
    }
}
