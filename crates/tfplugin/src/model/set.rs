//! Sets whose elements may be unknown.

use super::{
    attr::Attr,
    convert::{FromValue, IntoValue},
    shape::Shape,
};
use crate::value::{ConversionError, Value};

/// The elements of a set. Equal known ones are merged. Unknown ones are not, as they may turn out to
/// differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttrSet<T>(Vec<Attr<T>>);

// === impl AttrSet ===

impl<T> AttrSet<T> {
    /// Returns an iterator over the sorted elements.
    pub fn iter(&self) -> std::slice::Iter<'_, Attr<T>> {
        self.0.iter()
    }
}

impl<T: Ord> FromIterator<Attr<T>> for AttrSet<T> {
    fn from_iter<I: IntoIterator<Item = Attr<T>>>(elements: I) -> Self {
        let mut elements: Vec<_> = elements.into_iter().collect();
        elements.sort();
        elements.dedup_by(|one, other| one == other && !one.is_unknown());
        Self(elements)
    }
}

impl<'a, T> IntoIterator for &'a AttrSet<T> {
    type Item = &'a Attr<T>;
    type IntoIter = std::slice::Iter<'a, Attr<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: FromValue + Ord> FromValue for AttrSet<T> {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        match value {
            // No path leads into a set.
            Value::Set(elements) => elements.into_iter().map(Attr::from_value).collect(),
            other => Err(ConversionError::new("a set", &other)),
        }
    }

    fn shape() -> Shape {
        Shape::Set(Box::new(T::shape()))
    }
}

impl<T: IntoValue> IntoValue for AttrSet<T> {
    fn into_value(self) -> Value {
        Value::set(self.0.into_iter().map(Attr::into_value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_unknown_elements_survive_the_model() {
        let value = Value::set([Value::Unknown, "002".into(), Value::Unknown]);
        let model = AttrSet::<String>::from_value(value.clone()).unwrap();
        assert_eq!(model.iter().count(), 3);
        assert_eq!(model.into_value(), value);
    }
}
