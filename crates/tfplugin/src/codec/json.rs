//! Values in JSON, as state files store them.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::error::{DecodeError, DecodeErrorKind};
use crate::{
    path::Step,
    value::{Value, types::Type},
};

/// How to treat attributes that only the JSON or only the type has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// Both are errors.
    Refuse,
    /// Unknown ones are dropped and missing ones are null, as in a state that another version wrote.
    Tolerate,
}

/// Decodes one value of type `ty`.
///
/// # Errors
/// The JSON is not a value of this type. The error holds the path to the offending part.
pub fn decode(json: &Json, ty: &Type, unlisted: Unlisted) -> Result<Value, DecodeError> {
    let elements = |expected, element: &Type, place: fn(usize) -> Option<Step>| {
        let Json::Array(items) = json else {
            return Err(mismatch(expected, json));
        };
        let one = |(index, item)| {
            decode(item, element, unlisted).map_err(|error| error.under(place(index)))
        };
        items
            .iter()
            .enumerate()
            .map(one)
            .collect::<Result<Vec<_>, _>>()
    };
    match (ty, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::Bool, Json::Bool(value)) => Ok(Value::Bool(*value)),
        (Type::Bool, _) => Err(mismatch("a bool", json)),
        (Type::Number, Json::Number(number)) => Ok(Value::Number(number.as_str().parse()?)),
        (Type::Number, Json::String(text)) => Ok(Value::Number(text.parse()?)),
        (Type::Number, _) => Err(mismatch("a number", json)),
        (Type::String, Json::String(text)) => Ok(Value::String(text.clone())),
        (Type::String, _) => Err(mismatch("a string", json)),
        (Type::List(element), _) => {
            let elements = elements("a list", element, |index| Some(Step::Index(index)))?;
            Ok(Value::List(elements))
        }
        (Type::Set(element), _) => Ok(Value::set(elements("a set", element, |_| None)?)),
        (Type::Tuple(types), Json::Array(items)) if items.len() == types.len() => {
            let mut values = Vec::with_capacity(types.len());
            for (index, (item, ty)) in items.iter().zip(types).enumerate() {
                let value = decode(item, ty, unlisted);
                values.push(value.map_err(|error| error.under(Step::Index(index)))?);
            }
            Ok(Value::Tuple(values))
        }
        (Type::Tuple(_), _) => Err(mismatch("a tuple", json)),
        (Type::Map(element), Json::Object(members)) => {
            let mut entries = BTreeMap::new();
            for (key, member) in members {
                let value = decode(member, element, unlisted)
                    .map_err(|error| error.under(Step::Key(key.clone())))?;
                entries.insert(key.clone(), value);
            }
            Ok(Value::Map(entries))
        }
        (Type::Map(_), _) => Err(mismatch("a map", json)),
        (Type::Object(attributes), Json::Object(members)) => object(members, attributes, unlisted),
        (Type::Object(_), _) => Err(mismatch("an object", json)),
        (Type::Dynamic, Json::Object(members)) => dynamic(members, json, unlisted),
        (Type::Dynamic, _) => Err(mismatch("a value with its type", json)),
    }
}

fn object(
    members: &Map<String, Json>,
    attributes: &BTreeMap<String, Type>,
    unlisted: Unlisted,
) -> Result<Value, DecodeError> {
    if unlisted == Unlisted::Refuse
        && let Some(name) = members.keys().find(|name| !attributes.contains_key(*name))
    {
        return Err(DecodeErrorKind::UnknownAttribute(name.clone()).into());
    }
    let mut values = BTreeMap::new();
    for (name, ty) in attributes {
        let value = match (members.get(name), unlisted) {
            (Some(member), _) => decode(member, ty, unlisted)
                .map_err(|error| error.under(Step::Attribute(name.clone())))?,
            (None, Unlisted::Tolerate) => Value::Null,
            (None, Unlisted::Refuse) => {
                return Err(DecodeErrorKind::MissingAttribute(name.clone()).into());
            }
        };
        values.insert(name.clone(), value);
    }
    Ok(Value::Object(values))
}

/// `{"type": …, "value": …}`
fn dynamic(
    members: &Map<String, Json>,
    json: &Json,
    unlisted: Unlisted,
) -> Result<Value, DecodeError> {
    let (Some(ty), Some(value)) = (members.get("type"), members.get("value")) else {
        return Err(mismatch("a value with its type", json));
    };
    let ty = Type::from_json_value(ty)?;
    let value = decode(value, &ty, unlisted)?;
    Ok(Value::Dynamic(ty, Box::new(value)))
}

fn mismatch(expected: &'static str, found: &Json) -> DecodeError {
    let found = match found {
        Json::Null => "null",
        Json::Bool(_) => "a bool",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    let found = found.to_owned();
    DecodeErrorKind::Mismatch { expected, found }.into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn old_states_are_read_with_what_they_have() {
        let ty = Type::object([("id", Type::String), ("times", Type::Number)]);
        let old = json!({"id": "25/46", "gone": [1, {}]});
        let value = decode(&old, &ty, Unlisted::Tolerate).unwrap();
        let expected = [
            ("id".to_owned(), "25/46".into()),
            ("times".to_owned(), Value::Null),
        ];
        assert_eq!(value, Value::Object(expected.into()));
        assert!(decode(&old, &ty, Unlisted::Refuse).is_err());
    }

    #[test]
    fn numbers_are_exact_beyond_64_bits() {
        let json: Json = serde_json::from_str("123456789012345678901234567890.5").unwrap();
        let value = decode(&json, &Type::Number, Unlisted::Refuse).unwrap();
        let exact = "123456789012345678901234567890.5".parse().unwrap();
        assert_eq!(value, Value::Number(exact));
    }

    #[test]
    fn errors_say_where() {
        let ty = Type::object([("rules", Type::list(Type::map(Type::Bool)))]);
        let error = decode(&json!({"rules": [{}, {"on": 1}]}), &ty, Unlisted::Refuse).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"rules[1]["on"]: expected a bool, got a number"#
        );
    }

    #[test]
    fn dynamic_values_bring_their_type_and_sets_no_place() {
        let null = json!({"type": ["set", "bool"], "value": null});
        let value = decode(&null, &Type::Dynamic, Unlisted::Refuse).unwrap();
        assert_eq!(
            value,
            Value::Dynamic(Type::set(Type::Bool), Box::new(Value::Null))
        );
        let wrong = json!({"type": ["set", "bool"], "value": [true, 1]});
        let error = decode(&wrong, &Type::Dynamic, Unlisted::Refuse).unwrap_err();
        assert_eq!(error.to_string(), "expected a bool, got a number");
    }
}
