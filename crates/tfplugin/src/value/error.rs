//! Errors of conversions between values and types.

use std::{collections::BTreeMap, fmt};

use super::cty::Value;
use crate::path::{AttributePath, Step};

/// The error of a value that a type cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionError {
    /// The path to the offending part.
    pub path: AttributePath,
    /// The mismatch.
    pub mismatch: Mismatch,
}

/// The difference between a value and the type that should hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// The value is of another kind.
    Kind {
        /// The expected kind.
        expected: &'static str,
        /// The kind found.
        found: &'static str,
    },
    /// The type has no such attribute.
    Unexpected,
}

// === impl ConversionError ===

impl ConversionError {
    pub(crate) fn new(expected: &'static str, found: &Value) -> Self {
        Self::kind(expected, found.kind())
    }

    pub(crate) fn kind(expected: &'static str, found: &'static str) -> Self {
        Self {
            path: AttributePath::root(),
            mismatch: Mismatch::Kind { expected, found },
        }
    }

    /// Creates the error of an attribute that the type does not have.
    pub(crate) fn unexpected(name: String) -> Self {
        Self {
            path: AttributePath::attribute(name),
            mismatch: Mismatch::Unexpected,
        }
    }

    /// Returns the error with the step that leads to the offending part.
    #[must_use]
    pub fn under(mut self, step: Step) -> Self {
        self.path.prepend(step);
        self
    }

    /// Returns the attributes of an object.
    ///
    /// # Errors
    /// The value is not an object.
    pub fn object(value: Value) -> Result<BTreeMap<String, Value>, Self> {
        match value {
            Value::Object(attributes) => Ok(attributes),
            other => Err(Self::new("an object", &other)),
        }
    }

    /// Borrows the attributes of an object.
    ///
    /// # Errors
    /// The value is not an object.
    pub fn object_mut(value: &mut Value) -> Result<&mut BTreeMap<String, Value>, Self> {
        match value {
            Value::Object(attributes) => Ok(attributes),
            other => Err(Self::new("an object", other)),
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
            Self::Kind { expected, found } => write!(f, "expected {expected}, got {found}"),
            Self::Unexpected => f.write_str("there is no such attribute"),
        }
    }
}

impl std::error::Error for ConversionError {}
