//! A string that is never shown.

use std::fmt;

use tfplugin::{
    model::{FromValue, IntoValue, Shape},
    value::{ConversionError, Value},
};
use zeroize::Zeroizing;

/// A secret from the configuration: wiped from memory when dropped, not shown by Debug.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(Zeroizing<String>);

// === impl Secret ===

impl Secret {
    /// Returns the secret in clear.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl FromValue for Secret {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        String::from_value(value).map(Self::from)
    }

    fn shape() -> Shape {
        String::shape()
    }
}

impl IntoValue for Secret {
    fn into_value(self) -> Value {
        Value::String(self.reveal().to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}
