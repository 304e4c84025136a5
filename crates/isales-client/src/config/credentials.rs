//! The access key and its secret.

use std::fmt;

use zeroize::Zeroizing;

/// What requests are signed with. The secret is wiped from memory when dropped; Debug does not
/// show it.
#[derive(Clone)]
pub struct Credentials {
    access_key: String,
    secret_key: Zeroizing<String>,
}

/// Keys that cannot sign anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// The access key is empty or does not fit into the Authorization header.
    #[error(
        "The access key (access_key) is empty, or holds a slash, a space or a character outside of ASCII. Use the key as the operations personnel of CC-iSales issued it."
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
    /// Takes the two keys.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] for keys with which no request could be signed.
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

    /// The access key, which goes out in each request.
    pub(crate) fn access_key(&self) -> &str {
        &self.access_key
    }

    /// The secret key, which never goes out.
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
