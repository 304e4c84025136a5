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
}

// === impl Credentials ===

impl Credentials {
    /// Creates credentials from the two keys.
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
