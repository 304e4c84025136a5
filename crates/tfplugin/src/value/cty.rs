//! Values of any type, as the configuration language has them.

use std::collections::BTreeMap;

use zeroize::Zeroize;

use super::{number::Number, types::Type};

/// A value of any type. The schema knows the type, except that of a [`Value::Dynamic`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Not set.
    Null,
    /// Known only after apply.
    Unknown,
    /// `bool`
    Bool(bool),
    /// `number`
    Number(Number),
    /// `string`
    String(String),
    /// `list(…)`
    List(Vec<Value>),
    /// `set(…)`, sorted so that equal sets are equal values. Create it with [`Value::set`].
    Set(Vec<Value>),
    /// `tuple([…])`
    Tuple(Vec<Value>),
    /// `map(…)`
    Map(BTreeMap<String, Value>),
    /// `object({…})`
    Object(BTreeMap<String, Value>),
    /// A value of an attribute of type `any`, with its actual type.
    Dynamic(Type, Box<Value>),
}

// === impl Value ===

impl Value {
    /// Creates a set. Elements that are not wholly known are never merged: they may turn out to
    /// differ, and Terraform counts each of them.
    pub fn set(elements: impl IntoIterator<Item = Value>) -> Self {
        let mut elements: Vec<_> = elements.into_iter().collect();
        elements.sort();
        elements.dedup_by(|one, other| one == other && one.is_wholly_known());
        Self::Set(elements)
    }

    /// Takes the value out, and leaves null.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Null)
    }

    /// Returns whether the value is null.
    pub fn is_null(&self) -> bool {
        match self {
            Self::Dynamic(_, value) => value.is_null(),
            value => matches!(value, Self::Null),
        }
    }

    /// Returns whether the value itself is unknown. Parts of a known value may be unknown.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Dynamic(_, value) => value.is_unknown(),
            value => matches!(value, Self::Unknown),
        }
    }

    /// Returns whether no part of the value is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => true,
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => {
                elements.iter().all(Self::is_wholly_known)
            }
            Self::Map(elements) | Self::Object(elements) => {
                elements.values().all(Self::is_wholly_known)
            }
            Self::Dynamic(_, value) => value.is_wholly_known(),
        }
    }

    /// Replaces every unknown part with null, as a state requires.
    #[must_use]
    pub fn unknown_as_null(self) -> Self {
        let all = |elements: Vec<Value>| elements.into_iter().map(Self::unknown_as_null);
        let entries = |mut elements: BTreeMap<String, Value>| {
            for value in elements.values_mut() {
                *value = std::mem::replace(value, Self::Null).unknown_as_null();
            }
            elements
        };
        match self {
            Self::Unknown => Self::Null,
            Self::List(elements) => Self::List(all(elements).collect()),
            Self::Set(elements) => Self::set(all(elements)),
            Self::Tuple(elements) => Self::Tuple(all(elements).collect()),
            Self::Map(elements) => Self::Map(entries(elements)),
            Self::Object(elements) => Self::Object(entries(elements)),
            Self::Dynamic(ty, value) => Self::Dynamic(ty, Box::new(value.unknown_as_null())),
            known => known,
        }
    }

    /// Returns the name of the kind for error messages, such as "a string" or "a list".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Unknown => "an unknown value",
            Self::Bool(_) => "a bool",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::List(_) => "a list",
            Self::Set(_) => "a set",
            Self::Tuple(_) => "a tuple",
            Self::Map(_) => "a map",
            Self::Object(_) => "an object",
            Self::Dynamic(_, value) => value.kind(),
        }
    }
}

impl Zeroize for Value {
    /// Wipes every string, and makes the value null.
    fn zeroize(&mut self) {
        match self {
            Self::String(text) => text.zeroize(),
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => {
                elements.iter_mut().for_each(Self::zeroize);
            }
            Self::Map(elements) | Self::Object(elements) => {
                elements.values_mut().for_each(Self::zeroize);
            }
            Self::Dynamic(_, value) => value.zeroize(),
            Self::Null | Self::Unknown | Self::Bool(_) | Self::Number(_) => {}
        }
        *self = Self::Null;
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_equal_in_any_order() {
        let left = Value::set(["b".into(), "a".into(), "b".into()]);
        assert_eq!(left, Value::set(["a".into(), "b".into()]));
    }

    #[test]
    fn unknown_elements_of_a_set_are_not_merged() {
        let rule = |code| Value::Object([("code".to_owned(), code)].into());
        let elements = [rule(Value::Unknown), rule(1.into()), rule(Value::Unknown)];
        let Value::Set(kept) = Value::set(elements) else {
            unreachable!();
        };
        assert_eq!(kept.len(), 3);
        // Once they are known, they may be one.
        let known = Value::Set(kept).unknown_as_null();
        assert_eq!(known, Value::set([rule(Value::Null), rule(1.into())]));
    }

    #[test]
    fn unknown_parts_become_null() {
        let value = Value::List(vec![Value::Unknown, 1.into()]);
        assert!(!value.is_wholly_known());
        assert_eq!(
            value.unknown_as_null(),
            Value::List(vec![Value::Null, 1.into()])
        );
    }

    #[test]
    fn no_string_outlives_a_wipe() {
        let secret = || Value::from("secret");
        let mut value = Value::Object(BTreeMap::from([
            ("list".to_owned(), Value::List(vec![secret(), 1.into()])),
            (
                "any".to_owned(),
                Value::Dynamic(Type::String, Box::new(secret())),
            ),
            (
                "map".to_owned(),
                Value::Map([("key".to_owned(), secret())].into()),
            ),
        ]));
        value.zeroize();
        assert_eq!(value, Value::Null);
    }

    #[test]
    fn a_dynamic_value_is_as_null_or_unknown_as_its_content() {
        let dynamic = |value| Value::Dynamic(Type::String, Box::new(value));
        assert!(dynamic(Value::Null).is_null() && !dynamic(Value::Null).is_unknown());
        assert!(dynamic(Value::Unknown).is_unknown() && !dynamic(Value::Unknown).is_null());
        // Its type is known.
        let kept = dynamic(Value::Unknown).unknown_as_null();
        assert_eq!(kept, dynamic(Value::Null));
    }
}
