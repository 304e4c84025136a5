//! Conversions between values and the types that authors use.

use std::collections::{BTreeMap, BTreeSet};

use super::{attr::Attr, shape::Shape};
use crate::{
    path::Step,
    value::{ConversionError, Value, number::Number},
};

/// A type that can be made from a value of the schema's type.
pub trait FromValue: Sized {
    /// Converts from a value.
    ///
    /// # Errors
    /// This type cannot hold the value. The error holds the path to the offending part.
    fn from_value(value: Value) -> Result<Self, ConversionError>;

    /// Makes every part of the value unknown that this type cannot hold, and adds an error for each.
    ///
    /// The default treats the value as one part. A type that is made of others passes their parts on to
    /// them, so that one unusable part does not hide the others.
    fn set_aside(value: &mut Value, found: &mut Vec<ConversionError>) {
        if let Err(error) = Self::from_value(value.clone()) {
            *value = Value::Unknown;
            found.push(error);
        }
    }

    /// The values that this type holds, for [`lint`](crate::lint::lint) to compare with the schema.
    /// The default, [`Shape::Any`], matches every schema.
    fn shape() -> Shape {
        Shape::Any
    }
}

/// A type that can be turned into a value.
pub trait IntoValue {
    /// Converts into a value.
    fn into_value(self) -> Value;
}

/// Returns the name of the attribute that a field stands for: the field's own, without `r#`.
pub fn attribute_name(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// Takes one attribute out of an object and converts it.
///
/// # Errors
/// The attribute is missing, or `T` cannot hold its value.
pub fn take_attribute<T: FromValue>(
    attributes: &mut BTreeMap<String, Value>,
    name: &'static str,
) -> Result<T, ConversionError> {
    let value = attributes
        .remove(name)
        .ok_or_else(|| ConversionError::kind("an attribute", "nothing"));
    value
        .and_then(T::from_value)
        .map_err(|error| error.under(Step::Attribute(name.to_owned())))
}

/// Puts one attribute into an object.
pub fn put_attribute(attributes: &mut BTreeMap<String, Value>, name: &'static str, value: Value) {
    attributes.insert(name.to_owned(), value);
}

/// Sets aside what one attribute of an object holds and `T` cannot.
pub fn set_aside_attribute<T: FromValue>(
    attributes: &mut BTreeMap<String, Value>,
    name: &'static str,
    found: &mut Vec<ConversionError>,
) {
    let step = || Step::Attribute(name.to_owned());
    match attributes.get_mut(name) {
        Some(value) => set_aside_under(step, value, found, T::set_aside),
        None => found.push(ConversionError::kind("an attribute", "nothing").under(step())),
    }
}

/// Sets aside what a part of a value holds, and adds the step to it to the errors.
fn set_aside_under(
    step: impl Fn() -> Step,
    value: &mut Value,
    found: &mut Vec<ConversionError>,
    set_aside: impl FnOnce(&mut Value, &mut Vec<ConversionError>),
) {
    let before = found.len();
    set_aside(value, found);
    for error in found.iter_mut().skip(before) {
        error.path.prepend(step());
    }
}

/// Sets aside a value of the wrong kind as a whole.
fn set_aside_whole(expected: &'static str, value: &mut Value, found: &mut Vec<ConversionError>) {
    found.push(ConversionError::new(expected, value));
    *value = Value::Unknown;
}

// === conversions ===

impl FromValue for Value {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        Ok(value)
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Bool(value) => Ok(value),
            other => Err(ConversionError::new("a bool", &other)),
        }
    }

    fn shape() -> Shape {
        Shape::Bool
    }
}

impl FromValue for Number {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Number(number) => Ok(number),
            other => Err(ConversionError::new("a number", &other)),
        }
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        let expected = "a whole number of at most 64 bits";
        match &value {
            Value::Number(number) => number
                .to_i64()
                .ok_or_else(|| ConversionError::kind(expected, "a fraction or a larger number")),
            other => Err(ConversionError::new(expected, other)),
        }
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(ConversionError::new("a string", &other)),
        }
    }

    fn shape() -> Shape {
        Shape::String
    }
}

impl<T: FromValue> FromValue for Attr<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Null => Ok(Self::Null),
            Value::Unknown => Ok(Self::Unknown),
            known => T::from_value(known).map(Self::Known),
        }
    }

    fn set_aside(value: &mut Value, found: &mut Vec<ConversionError>) {
        if !matches!(value, Value::Null | Value::Unknown) {
            T::set_aside(value, found);
        }
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Null => Ok(None),
            known => T::from_value(known).map(Some),
        }
    }

    fn set_aside(value: &mut Value, found: &mut Vec<ConversionError>) {
        if !matches!(value, Value::Null) {
            T::set_aside(value, found);
        }
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::List(elements) => {
                let mut converted = Vec::with_capacity(elements.len());
                for (index, element) in elements.into_iter().enumerate() {
                    let element = T::from_value(element);
                    converted.push(element.map_err(|error| error.under(Step::Index(index)))?);
                }
                Ok(converted)
            }
            other => Err(ConversionError::new("a list", &other)),
        }
    }

    fn set_aside(value: &mut Value, found: &mut Vec<ConversionError>) {
        match value {
            Value::List(elements) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    set_aside_under(|| Step::Index(index), element, found, T::set_aside);
                }
            }
            other => set_aside_whole("a list", other, found),
        }
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl<T: FromValue + Ord> FromValue for BTreeSet<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            // No path leads into a set.
            Value::Set(elements) => elements.into_iter().map(T::from_value).collect(),
            other => Err(ConversionError::new("a set", &other)),
        }
    }

    fn shape() -> Shape {
        Shape::Set(Box::new(T::shape()))
    }
}

impl<T: FromValue> FromValue for BTreeMap<String, T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Map(entries) => entries
                .into_iter()
                .map(|(key, value)| match T::from_value(value) {
                    Ok(value) => Ok((key, value)),
                    Err(error) => Err(error.under(Step::Key(key))),
                })
                .collect(),
            other => Err(ConversionError::new("a map", &other)),
        }
    }

    fn set_aside(value: &mut Value, found: &mut Vec<ConversionError>) {
        match value {
            Value::Map(entries) => {
                for (key, value) in entries {
                    set_aside_under(|| Step::Key(key.clone()), value, found, T::set_aside);
                }
            }
            other => set_aside_whole("a map", other, found),
        }
    }

    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}

macro_rules! into_value_by_from {
    ($($ty:ty),*) => {$(
        impl IntoValue for $ty {
            fn into_value(self) -> Value {
                Value::from(self)
            }
        }
    )*};
}

into_value_by_from!(bool, i64, String, &str);

impl IntoValue for Number {
    fn into_value(self) -> Value {
        Value::Number(self)
    }
}

impl<T: IntoValue> IntoValue for Attr<T> {
    fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Unknown => Value::Unknown,
            Self::Known(value) => value.into_value(),
        }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(T::into_value).collect())
    }
}

impl<T: IntoValue> IntoValue for BTreeSet<T> {
    fn into_value(self) -> Value {
        Value::set(self.into_iter().map(T::into_value))
    }
}

impl<T: IntoValue> IntoValue for BTreeMap<String, T> {
    fn into_value(self) -> Value {
        let entries = self.into_iter();
        Value::Map(
            entries
                .map(|(key, value)| (key, value.into_value()))
                .collect(),
        )
    }
}
