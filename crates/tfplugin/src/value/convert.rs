//! Converts a value to a type by the rules that Terraform itself applies to arguments.

use std::collections::BTreeMap;

use super::{cty::Value, error::ConversionError, types::Type};
use crate::path::Step;

/// Converts a value to type `ty`: tuples become lists or sets, missing attributes become null,
/// numbers become strings and the reverse.
///
/// # Errors
/// The value has no equivalent of this type. The error holds the path to the offending part.
pub fn convert(value: Value, ty: &Type) -> Result<Value, ConversionError> {
    match (ty, value) {
        (_, Value::Null) => Ok(Value::Null),
        (_, Value::Unknown) => Ok(Value::Unknown),
        (Type::Dynamic, value) => Ok(value),
        (_, Value::Dynamic(_, value)) => convert(*value, ty),
        (Type::Bool, value @ Value::Bool(_))
        | (Type::Number, value @ Value::Number(_))
        | (Type::String, value @ Value::String(_)) => Ok(value),
        (Type::Bool, Value::String(text)) => match text.as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(ConversionError::new("a bool", &Value::String(text))),
        },
        (Type::Number, Value::String(text)) => match text.parse() {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => Err(ConversionError::new("a number", &Value::String(text))),
        },
        (Type::String, Value::Number(number)) => Ok(Value::String(number.to_string())),
        (Type::String, Value::Bool(value)) => Ok(Value::String(value.to_string())),
        (Type::List(ty), Value::List(all) | Value::Set(all) | Value::Tuple(all)) => {
            Ok(Value::List(elements(all, |_| ty)?))
        }
        // No path leads into a set.
        (Type::Set(ty), Value::List(all) | Value::Set(all) | Value::Tuple(all)) => {
            let all = all.into_iter().map(|element| convert(element, ty));
            Ok(Value::set(all.collect::<Result<Vec<_>, _>>()?))
        }
        (Type::Tuple(types), Value::List(all) | Value::Tuple(all)) if all.len() == types.len() => {
            let ty = |index| types.get(index).unwrap_or(&Type::Dynamic);
            Ok(Value::Tuple(elements(all, ty)?))
        }
        (Type::Map(ty), Value::Map(members) | Value::Object(members)) => {
            let mut entries = BTreeMap::new();
            for (key, value) in members {
                match convert(value, ty) {
                    Ok(value) => entries.insert(key, value),
                    Err(error) => return Err(error.under(Step::Key(key))),
                };
            }
            Ok(Value::Map(entries))
        }
        (Type::Object(types), Value::Map(members) | Value::Object(members)) => {
            object(members, types)
        }
        (ty, value) => Err(ConversionError::new(kind(ty), &value)),
    }
}

fn elements<'a>(
    all: Vec<Value>,
    ty: impl Fn(usize) -> &'a Type,
) -> Result<Vec<Value>, ConversionError> {
    let fit = |(index, element)| {
        convert(element, ty(index)).map_err(|error| error.under(Step::Index(index)))
    };
    all.into_iter().enumerate().map(fit).collect()
}

fn object(
    mut members: BTreeMap<String, Value>,
    types: &BTreeMap<String, Type>,
) -> Result<Value, ConversionError> {
    let mut fitted = BTreeMap::new();
    for (name, ty) in types {
        let member = members.remove(name).unwrap_or(Value::Null);
        let member =
            convert(member, ty).map_err(|error| error.under(Step::Attribute(name.clone())))?;
        fitted.insert(name.clone(), member);
    }
    // A misspelled attribute must not be dropped silently.
    match members.pop_first() {
        Some((name, _)) => Err(ConversionError::unexpected(name)),
        None => Ok(Value::Object(fitted)),
    }
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "a bool",
        Type::Number => "a number",
        Type::String => "a string",
        Type::Dynamic => "any value",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Tuple(_) => "a tuple",
        Type::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> Type {
        Type::object([("times", Type::Number), ("codes", Type::set(Type::String))])
    }

    fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
        Value::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
    }

    #[test]
    fn free_form_values_are_converted() {
        let written = Value::Tuple(vec![
            object([("times", "3".into())]),
            object([("times", 1.into()), ("codes", Value::Tuple(vec![2.into()]))]),
        ]);
        let expected = Value::List(vec![
            object([("times", 3.into()), ("codes", Value::Null)]),
            object([("times", 1.into()), ("codes", Value::set(["2".into()]))]),
        ]);
        assert_eq!(convert(written, &Type::list(rule())), Ok(expected));
    }

    #[test]
    fn errors_say_where() {
        let misspelled = Value::Tuple(vec![object([("time", 3.into())])]);
        let error = convert(misspelled, &Type::list(rule())).unwrap_err();
        assert_eq!(error.to_string(), "[0].time: there is no such attribute");
        let inside = object([("codes", Value::Tuple(vec![Value::Tuple(vec![])]))]);
        let error = convert(inside, &rule()).unwrap_err();
        assert_eq!(error.to_string(), "codes: expected a string, got a tuple");
        let wrong = object([("codes", Value::Bool(true))]);
        let error = convert(wrong, &rule()).unwrap_err();
        assert_eq!(error.to_string(), "codes: expected a set, got a bool");
    }
}
