//! The values that a model's type can hold.

use std::collections::BTreeMap;

/// The values that a Rust type can hold, to be compared with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Values of any type, or of a type that is not declared.
    Any,
    /// `bool`
    Bool,
    /// `number`
    Number,
    /// `string`
    String,
    /// `list(…)`
    List(Box<Shape>),
    /// `set(…)`
    Set(Box<Shape>),
    /// `map(…)`
    Map(Box<Shape>),
    /// An object with these attributes.
    Object(BTreeMap<&'static str, Shape>),
}
