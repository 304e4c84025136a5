//! Errors of conversions between values and types.

use std::{collections::BTreeMap, fmt};

use super::cty::Value;
use crate::path::{AttributePath, Step};

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

    pub(crate) fn kind(expected: &'static str, found: &'static str) -> Self {
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
