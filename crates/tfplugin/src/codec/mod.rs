//! How values cross the protocol: MessagePack both ways, JSON inward.
//!
//! Decoding is driven by the type that the schema gives, so that an error names its attribute.

mod json;
mod msgpack;

use std::fmt;

use thiserror::Error;

pub use self::json::{Unlisted, decode as decode_json};
pub use self::msgpack::{decode as decode_msgpack, encode as encode_msgpack};
use crate::{
    path::{AttributePath, Step},
    proto::tfplugin6::DynamicValue,
    value::{
        Value,
        number::NumberError,
        types::{Type, TypeError},
    },
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
    fn under(mut self, step: impl Into<Option<Step>>) -> Self {
        if let Some(step) = step.into() {
            self.path.prepend(step);
        }
        self
    }
}

/// Decodes a value in whichever encoding it came; an absent one is null.
///
/// # Errors
/// Bytes that are no value of type `ty`.
pub fn decode(value: Option<&DynamicValue>, ty: &Type) -> Result<Value, DecodeError> {
    match value {
        None => Ok(Value::Null),
        Some(value) if !value.msgpack.is_empty() => decode_msgpack(&value.msgpack, ty),
        Some(value) if !value.json.is_empty() => {
            decode_json(&serde_json::from_slice(&value.json)?, ty, Unlisted::Refuse)
        }
        Some(_) => Ok(Value::Null),
    }
}

/// Encodes a value for an answer.
pub fn encode(value: &Value) -> DynamicValue {
    DynamicValue {
        msgpack: encode_msgpack(value),
        json: Vec::new(),
    }
}
