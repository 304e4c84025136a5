//! The access key and the secret key.

use std::fmt;

use zeroize::Zeroizing;

/// The keys that sign each request. The secret key is wiped from memory when dropped, and `Debug`
/// does not show it.
#[derive(Clone)]
pub struct Credentials {
    access_key: String,
    secret_key: Zeroizing<String>,
}

/// Keys that cannot be used for signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// The access key is empty or not allowed in the Authorization header.
    #[error(
        "The access key (access_key) is empty, or contains a slash, a space or a non-ASCII character. Use the key as the operations personnel of CC-iSales issued it."
    )]
    AccessKey,
    /// The secret key is empty.
    #[error(
        "The secret key (secret_key) is empty. Use the key as the operations personnel of CC-iSales issued it."
    )]
    SecretKey,
    /// A key begins or ends with a character that came with it from a file or a shell.
    #[error("{key} {place} {stray}, which cannot be part of it. {}", .stray.remedy())]
    Untrimmed {
        /// The setting: `access_key` or `secret_key`.
        key: &'static str,
        /// Where the character is: "begins with", "ends with" or "is in".
        place: &'static str,
        /// The kind of character.
        stray: StrayCharacter,
    },
}

/// A kind of character that files and shells put around a key. It says nothing about the key itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StrayCharacter {
    /// A line feed or a carriage return.
    #[error("a line break")]
    LineBreak,
    /// Any other white space.
    #[error("white space")]
    WhiteSpace,
    /// The mark that some editors put at the beginning of a file.
    #[error("a byte order mark")]
    ByteOrderMark,
    /// A character that no font shows.
    #[error("an invisible character")]
    Invisible,
    /// Quotation marks on both sides.
    #[error("quotation marks")]
    Quotes,
}

// === impl Credentials ===

impl Credentials {
    /// Creates credentials from the two keys. Neither is trimmed: what is around it is reported, as a
    /// signature with such a key would be refused without a reason.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] if a key cannot be used for signing.
    pub fn new(
        access_key: impl Into<String>,
        secret_key: impl Into<String>,
    ) -> Result<Self, CredentialsError> {
        let access_key = access_key.into();
        let secret_key = Zeroizing::new(secret_key.into());
        check_ends("access_key", &access_key)?;
        check_ends("secret_key", &secret_key)?;
        let fits = |byte: u8| byte.is_ascii_graphic() && byte != b'/';
        if access_key.is_empty() || !access_key.bytes().all(fits) {
            return Err(CredentialsError::AccessKey);
        }
        if secret_key.is_empty() {
            return Err(CredentialsError::SecretKey);
        }
        Ok(Self {
            access_key,
            secret_key,
        })
    }

    /// Returns the access key, which is sent with each request.
    pub(crate) fn access_key(&self) -> &str {
        &self.access_key
    }

    /// Returns the secret key, which is never sent.
    pub(crate) fn secret_key(&self) -> &str {
        &self.secret_key
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key", &self.access_key)
            .field("secret_key", &"redacted")
            .finish()
    }
}

// === impl CredentialsError ===

impl CredentialsError {
    /// Returns the setting at fault.
    #[must_use]
    pub const fn setting(&self) -> &'static str {
        match self {
            Self::AccessKey => "access_key",
            Self::SecretKey => "secret_key",
            Self::Untrimmed { key, .. } => key,
        }
    }
}

// === impl StrayCharacter ===

impl StrayCharacter {
    fn of(character: char) -> Option<Self> {
        match character {
            '\n' | '\r' => Some(Self::LineBreak),
            '\u{feff}' => Some(Self::ByteOrderMark),
            '\u{200b}'..='\u{200f}' | '\u{2060}' => Some(Self::Invisible),
            _ if character.is_whitespace() => Some(Self::WhiteSpace),
            _ if character.is_control() => Some(Self::Invisible),
            _ => None,
        }
    }

    const fn remedy(self) -> &'static str {
        match self {
            Self::LineBreak | Self::WhiteSpace => {
                "Remove it. A key from a file is written as trimspace(file(\"PATH\")); in a shell, \
                 $(cat PATH) leaves out the line break at the end."
            }
            Self::ByteOrderMark => {
                "Save the file as UTF-8 without a byte order mark, or write \
                 trimspace(trimprefix(file(\"PATH\"), \"\\ufeff\"))."
            }
            Self::Invisible => {
                "Type the key or copy it again. For a key from a file, see that the file has \
                 nothing else in it, and write trimspace(file(\"PATH\"))."
            }
            Self::Quotes => {
                "Remove them: files and environment variables hold the key without quotation \
                 marks. A key from a file is written as trimspace(file(\"PATH\"))."
            }
        }
    }
}

/// Checks that a key has nothing around it.
fn check_ends(setting: &'static str, key: &str) -> Result<(), CredentialsError> {
    let (mut characters, mut reversed) = (key.chars(), key.chars().rev());
    let (Some(first), Some(last)) = (characters.next(), reversed.next()) else {
        return Ok(());
    };
    let found = |place, stray| {
        Err(CredentialsError::Untrimmed {
            key: setting,
            place,
            stray,
        })
    };
    if let Some(stray) = StrayCharacter::of(first) {
        return found("begins with", stray);
    }
    if let Some(stray) = StrayCharacter::of(last) {
        return found("ends with", stray);
    }
    match (first, last) {
        _ if characters.as_str().is_empty() => Ok(()),
        ('"', '"') | ('\'', '\'') | ('`', '`') | ('\u{201c}', '\u{201d}') => {
            found("is in", StrayCharacter::Quotes)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(access_key: &str, secret_key: &str) -> CredentialsError {
        Credentials::new(access_key, secret_key).unwrap_err()
    }

    #[test]
    fn characters_around_a_key_are_named_without_the_key() {
        for (around, words) in [
            (["", "\n"], "ends with a line break"),
            (["", "\r\n"], "ends with a line break"),
            ([" ", ""], "begins with white space"),
            (["", "\u{a0}"], "ends with white space"),
            (["\u{feff}", ""], "begins with a byte order mark"),
            (["", "\u{200b}"], "ends with an invisible character"),
            (["", "\0"], "ends with an invisible character"),
            (["\"", "\""], "is in quotation marks"),
            (["'", "'"], "is in quotation marks"),
        ] {
            let [before, after] = around;
            let key = format!("{before}EXAMPLE{after}");
            for (setting, error) in [
                ("access_key", error(&key, "SK")),
                ("secret_key", error("AK", &key)),
            ] {
                assert_eq!(error.setting(), setting);
                let text = error.to_string();
                assert!(text.starts_with(&format!("{setting} {words}, ")), "{text}");
                assert!(text.contains("file("), "{text}");
                assert!(!text.contains("EXAMPLE"), "{text}");
            }
        }
    }

    #[test]
    fn keys_of_white_space_are_not_empty_ones() {
        assert_eq!(error("", "SK"), CredentialsError::AccessKey);
        assert_eq!(error("AK", ""), CredentialsError::SecretKey);
        let text = error("AK", " ").to_string();
        assert!(text.contains("white space"), "{text}");
    }

    #[test]
    fn characters_inside_a_secret_key_are_part_of_it() {
        for key in ["a b", "\"", "'", "a\"b", "\"a", "it's"] {
            assert!(Credentials::new("AK", key).is_ok(), "{key}");
        }
    }
}
