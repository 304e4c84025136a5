//! The schema of a whole block.

use super::attribute::{Attribute, object_type};
use crate::value::types::Type;

/// The schema of a provider, a resource, a data source, a list resource or an action.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The version, to be raised when states of the old schema must be rewritten.
    pub version: i64,
    /// The description in Markdown.
    pub description: &'static str,
    /// The attributes, in the order of the documentation.
    pub attributes: Vec<Attribute>,
    /// Why the whole object should no longer be used, and what to use instead.
    pub deprecated: Option<&'static str>,
}

// === impl Schema ===

impl Schema {
    /// Creates a schema of version 0.
    pub fn new(description: &'static str, attributes: Vec<Attribute>) -> Self {
        Self {
            version: 0,
            description,
            attributes,
            deprecated: None,
        }
    }

    /// Marks the whole object as deprecated; the message says what to use instead.
    #[must_use]
    pub fn deprecated(mut self, message: &'static str) -> Self {
        self.deprecated = Some(message);
        self
    }

    /// Returns the object type of values of this schema.
    pub fn implied_type(&self) -> Type {
        object_type(&self.attributes)
    }
}
