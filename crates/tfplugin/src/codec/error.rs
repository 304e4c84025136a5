//! Errors of decoding, each with the path to the value concerned.

use std::fmt;

use thiserror::Error;

use crate::{
    path::{AttributePath, Step},
    value::{number::NumberError, types::TypeError},
};

/// The error of bytes that are not a value of the expected type.
#[derive(Debug, Error)]
pub struct DecodeError {
    /// The path to the offending part.
    pub path: AttributePath,
    /// The reason.
    #[source]
    pub reason: DecodeErrorKind,
}

/// The reason for a decoding error.
#[derive(Debug, Error)]
pub enum DecodeErrorKind {
    /// The bytes end too early.
    #[error("the value is cut short")]
    CutShort,
    /// Bytes follow the value.
    #[error("{0} bytes follow the value")]
    Trailing(usize),
    /// The value is of another kind.
    #[error("expected {expected}, got {found}")]
    Mismatch {
        /// The expected kind or number.
        expected: &'static str,
        /// The kind or number found.
        found: String,
    },
    /// The type has no such attribute.
    #[error("there is no attribute {0:?}")]
    UnknownAttribute(String),
    /// An attribute is missing, where even an unset one is null.
    #[error("the attribute {0:?} is missing")]
    MissingAttribute(String),
    /// The number of elements is not that of the tuple.
    #[error("expected {expected} elements, got {found}")]
    TupleLength {
        /// The expected kind or number.
        expected: usize,
        /// The kind or number found.
        found: usize,
    },
    /// Text is not UTF-8.
    #[error("the text is not UTF-8")]
    Utf8,
    /// A number cannot be read.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// The type that comes with a dynamic value cannot be read.
    #[error(transparent)]
    Type(#[from] TypeError),
    /// The value is nested too deeply.
    #[error("the value is nested too deeply")]
    TooDeep,
    /// The text is not JSON.
    #[error("the value is not valid JSON")]
    Json(#[from] serde_json::Error),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_root() {
            self.reason.fmt(f)
        } else {
            write!(f, "{}: {}", self.path, self.reason)
        }
    }
}

impl<R: Into<DecodeErrorKind>> From<R> for DecodeError {
    fn from(reason: R) -> Self {
        Self {
            path: AttributePath::root(),
            reason: reason.into(),
        }
    }
}

impl DecodeError {
    /// Adds the step that leads to the offending part. No path leads into a set.
    pub(super) fn under(mut self, step: impl Into<Option<Step>>) -> Self {
        if let Some(step) = step.into() {
            self.path.prepend(step);
        }
        self
    }
}
