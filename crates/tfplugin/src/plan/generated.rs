//! Configurations that are generated from a state, for an import.

use super::walk::each_value;
use crate::{
    schema::{Attribute, Presence, Secrecy},
    value::Value,
};

/// Turns a state into the configuration that a person would write for it: without computed values,
/// and without values that would be the same if they were left out.
///
/// Terraform writes nothing for a computed attribute that is null, and `null` for any other.
pub(crate) fn leave_out_the_obvious(attributes: &[Attribute], state: &mut Value) {
    each_value(attributes, state, &mut |attribute, value| {
        let is_set_elsewhere = attribute.presence == Presence::Computed
            || attribute.secrecy == Secrecy::WriteOnly
            || attribute.deprecated.is_some();
        if is_set_elsewhere || attribute.default.as_ref() == Some(value) {
            *value = Value::Null;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Nesting;

    fn attributes() -> Vec<Attribute> {
        let inner = || {
            vec![
                Attribute::string("name", "").required(),
                Attribute::string("id", "").computed(),
                Attribute::string("note", ""),
            ]
        };
        vec![
            Attribute::string("id", "").computed(),
            Attribute::string("name", "").required(),
            Attribute::string("mode", "").default("fast"),
            Attribute::string("owner", "").optional_computed(),
            Attribute::string("old", "").deprecated("Use name."),
            Attribute::string("token", "").write_only(),
            Attribute::nested("list", Nesting::List, inner(), ""),
            Attribute::nested("set", Nesting::Set, inner(), ""),
            Attribute::nested("map", Nesting::Map, inner(), ""),
        ]
    }

    fn object(members: &[(&str, Value)]) -> Value {
        let members = members.iter().cloned();
        Value::Object(
            members
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    fn whole(mode: Value, id: Value, old: Value) -> Value {
        let inner = object(&[
            ("name", "a".into()),
            ("id", id.clone()),
            ("note", Value::Null),
        ]);
        object(&[
            ("id", id),
            ("name", "a".into()),
            ("mode", mode),
            ("owner", "me".into()),
            ("old", old),
            ("token", Value::Null),
            ("list", Value::List(vec![inner.clone()])),
            ("set", Value::set([inner.clone()])),
            ("map", Value::Map([("k".to_owned(), inner)].into())),
        ])
    }

    #[test]
    fn only_what_a_person_would_write_is_left() {
        let mut value = whole("fast".into(), "7".into(), "a".into());
        leave_out_the_obvious(&attributes(), &mut value);
        assert_eq!(value, whole(Value::Null, Value::Null, Value::Null));

        let mut value = whole("slow".into(), "7".into(), "a".into());
        leave_out_the_obvious(&attributes(), &mut value);
        assert_eq!(value, whole("slow".into(), Value::Null, Value::Null));
    }

    #[test]
    fn no_state_is_no_configuration() {
        let mut value = Value::Null;
        leave_out_the_obvious(&attributes(), &mut value);
        assert_eq!(value, Value::Null);
    }
}
