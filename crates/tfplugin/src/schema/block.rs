//! The schema of a whole block.

use super::attribute::{Attribute, object_type};
use crate::value::types::Type;

/// The schema of a provider, resource or data source.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Rises when a state of the old schema must be rewritten.
    pub version: i64,
    /// Markdown.
    pub description: &'static str,
    /// The attributes, in the order in which the documentation lists them.
    pub attributes: Vec<Attribute>,
}

// === impl Schema ===

impl Schema {
    /// A schema at version 0.
    pub fn new(description: &'static str, attributes: Vec<Attribute>) -> Self {
        Self {
            version: 0,
            description,
            attributes,
        }
    }

    /// The object type of a value of this schema.
    pub fn implied_type(&self) -> Type {
        object_type(&self.attributes)
    }
}
