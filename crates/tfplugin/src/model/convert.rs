//! Conversions between values and the types that authors use.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::Attr;
use crate::{
    diagnostics::Diagnostic,
    path::{AttributePath, Step},
    value::{Value, number::Number},
};

/// Made from a value that the schema has already checked.
pub trait FromValue: Sized {
    /// Converts.
    ///
    /// # Errors
    /// A value that this type cannot hold; the error says where in it.
    fn from_value(value: Value) -> Result<Self, ConversionError>;
}

/// Turned into a value.
pub trait IntoValue {
    /// Converts.
    fn into_value(self) -> Value;
}

/// A value that the wanted type cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionError {
    /// Where in the value.
    pub path: AttributePath,
    /// What is wrong there.
    pub mismatch: Mismatch,
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// It is of another kind.
    Kind {
        /// What is needed.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// It is an attribute that the type does not have.
    Unexpected,
}

// === impl ConversionError ===

impl ConversionError {
    pub(crate) fn new(expected: &'static str, found: &Value) -> Self {
        Self::kind(expected, found.kind())
    }

    fn kind(expected: &'static str, found: &'static str) -> Self {
        Self {
            path: AttributePath::root(),
            mismatch: Mismatch::Kind { expected, found },
        }
    }

    /// An attribute that the type does not have.
    pub(crate) fn unexpected(name: String) -> Self {
        Self {
            path: AttributePath::attribute(name),
            mismatch: Mismatch::Unexpected,
        }
    }

    /// The same error, seen from outside of a step.
    #[must_use]
    pub fn under(mut self, step: Step) -> Self {
        self.path.prepend(step);
        self
    }

    /// The attributes of an object.
    ///
    /// # Errors
    /// Any other value.
    pub fn object(value: Value) -> Result<BTreeMap<String, Value>, Self> {
        match value {
            Value::Object(attributes) => Ok(attributes),
            other => Err(Self::new("an object", &other)),
        }
    }
}

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "{}: ", self.path)?;
        }
        self.mismatch.fmt(f)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { expected, found } => write!(f, "{expected} is needed, not {found}"),
            Self::Unexpected => f.write_str("there is no such attribute"),
        }
    }
}

impl std::error::Error for ConversionError {}

impl From<ConversionError> for Diagnostic {
    fn from(error: ConversionError) -> Self {
        Self::error("Unsuitable Value", format!("Here {}.", error.mismatch)).at(error.path)
    }
}

/// The attribute that a field of this name stands for.
pub fn attribute_name(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// Takes one attribute out of an object and converts it.
///
/// # Errors
/// An attribute that is missing, or that `T` cannot hold.
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
}

impl FromValue for Number {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Number(number) => Ok(number),
            other => Err(ConversionError::new("a number", &other)),
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        let expected = "a whole number of 64 bits";
        match &value {
            Value::Number(number) => number
                .to_i64()
                .ok_or_else(|| ConversionError::kind(expected, "a fraction or a larger number")),
            other => Err(ConversionError::new(expected, other)),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(ConversionError::new("a string", &other)),
        }
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
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            Value::Null => Ok(None),
            known => T::from_value(known).map(Some),
        }
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
}

impl<T: FromValue + Ord> FromValue for BTreeSet<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            // An element of a set has no path of its own.
            Value::Set(elements) => elements.into_iter().map(T::from_value).collect(),
            other => Err(ConversionError::new("a set", &other)),
        }
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
