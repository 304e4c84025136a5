//! Signing key, signature and header.

use std::fmt::{self, Write as _};

use http::HeaderValue;
use ring::hmac;
use zeroize::Zeroizing;

use super::{CanonicalRequest, RequestToSign, SignedHeaders, Timestamp};

/// `auth-v2/accessKey/timestamp/signedHeaderNames`, which a signing key is derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthStringPrefix(String);

/// The key of one signature, as hexadecimal text. It is wiped from memory when dropped, and `Debug`
/// does not show it.
pub struct SigningKey(Zeroizing<String>);

/// The value of the `Authorization` header. It is wiped from memory when dropped, unlike the copy
/// made by [`Self::header_value`], and `Debug` does not show it.
pub struct Authorization(Zeroizing<String>);

// === impl AuthStringPrefix ===

impl AuthStringPrefix {
    /// Creates the prefix for a key, a time and the names of the signed headers.
    #[must_use]
    pub fn new(access_key: &str, timestamp: &Timestamp, signed_headers: &SignedHeaders) -> Self {
        Self(format!("auth-v2/{access_key}/{timestamp}/{signed_headers}"))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// === impl SigningKey ===

impl SigningKey {
    /// Derives the key for a prefix.
    #[must_use]
    pub fn new(secret_key: &str, prefix: &AuthStringPrefix) -> Self {
        Self(hmac_hex(secret_key, prefix.as_str()))
    }

    /// Returns the key as hexadecimal text, a secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(redacted)")
    }
}

// === impl Authorization ===

impl Authorization {
    /// Signs a request, with those of the wanted headers that it has.
    #[must_use]
    pub fn sign(
        request: &RequestToSign<'_>,
        wanted: &SignedHeaders,
        access_key: &str,
        secret_key: &str,
        timestamp: &Timestamp,
    ) -> Self {
        let signed_headers = request.signed_headers(wanted);
        let prefix = AuthStringPrefix::new(access_key, timestamp, &signed_headers);
        let key = SigningKey::new(secret_key, &prefix);
        Self::new(
            &prefix,
            &key,
            &CanonicalRequest::new(request, &signed_headers),
        )
    }

    /// Signs a canonical request.
    #[must_use]
    pub fn new(prefix: &AuthStringPrefix, key: &SigningKey, request: &CanonicalRequest) -> Self {
        let signature = hmac_hex(key.reveal(), request.as_str());
        let prefix = prefix.as_str();
        // Allocated at full length, as for the key.
        let length = prefix.len() + 1 + signature.len();
        let mut header = Zeroizing::new(String::with_capacity(length));
        header.push_str(prefix);
        header.push('/');
        header.push_str(&signature);
        Self(header)
    }

    /// Returns the header's text, a secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the header, marked as sensitive; `None` if the access key is not allowed in a header.
    /// This is a copy for the HTTP library, which is not wiped.
    #[must_use]
    pub fn header_value(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(self.reveal()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization(redacted)")
    }
}

/// Computes an HMAC-SHA256 as lower-case hexadecimal text.
fn hmac_hex(key: &str, message: &str) -> Zeroizing<String> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    let tag = hmac::sign(&key, message.as_bytes());
    // Allocated at full length: a growing string would leave pieces of the key in memory.
    let mut hex = Zeroizing::new(String::with_capacity(2 * tag.as_ref().len()));
    for byte in tag.as_ref() {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
