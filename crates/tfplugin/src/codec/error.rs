//! Errors of decoding, each with the path to the value concerned.

use std::fmt;

use thiserror::Error;

use crate::{
    path::{AttributePath, Step},
    value::{number::NumberError, types::TypeError},
};

/// Bytes that are no value of the expected type, and where.
#[derive(Debug, Error)]
pub struct DecodeError {
    /// Where in the value.
    pub path: AttributePath,
    /// What is wrong there.
    #[source]
    pub reason: Reason,
}

/// What is wrong with encoded bytes.
#[derive(Debug, Error)]
pub enum Reason {
    /// The bytes end too early.
    #[error("the value is cut short")]
    CutShort,
    /// Bytes are left over.
    #[error("{0} bytes follow the value")]
    Trailing(usize),
    /// A value of another kind.
    #[error("{expected} is needed, not {found}")]
    Mismatch {
        /// What the type asks for.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// An attribute that the type does not have.
    #[error("there is no attribute {0:?}")]
    UnknownAttribute(String),
    /// An attribute that is not there; null would be.
    #[error("the attribute {0:?} is missing")]
    MissingAttribute(String),
    /// Another number of elements than the tuple has.
    #[error("{expected} elements are needed, not {found}")]
    TupleLength {
        /// What the type asks for.
        expected: usize,
        /// What is there.
        found: usize,
    },
    /// Text that is not UTF-8.
    #[error("the text is not UTF-8")]
    Utf8,
    /// No number.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// No type, where a dynamic value brings its own.
    #[error(transparent)]
    Type(#[from] TypeError),
    /// Nested beyond any use.
    #[error("the value is nested too deeply")]
    TooDeep,
    /// Not JSON.
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

impl<R: Into<Reason>> From<R> for DecodeError {
    fn from(reason: R) -> Self {
        Self {
            path: AttributePath::root(),
            reason: reason.into(),
        }
    }
}

impl DecodeError {
    /// The error, seen from one step further up; nothing leads into a set.
    pub(super) fn under(mut self, step: impl Into<Option<Step>>) -> Self {
        if let Some(step) = step.into() {
            self.path.prepend(step);
        }
        self
    }
}
