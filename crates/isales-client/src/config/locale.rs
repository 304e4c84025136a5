//! The `locale` header.

use std::str::FromStr;

use super::ConfigError;

/// The language of descriptions, such as `en_US` or `zh_CN` (header `locale`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale(String);

// === impl Locale ===

impl Locale {
    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Locale {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if text.is_empty() || !text.bytes().all(fits) {
            return Err(ConfigError::Locale(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}
