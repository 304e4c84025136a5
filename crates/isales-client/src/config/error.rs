//! Settings that cannot be used.

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The locale is malformed.
    #[error("The locale is {0:?}, which is not a locale name. Write it as en_US or zh_CN.")]
    Locale(String),
    /// The proxy URL is invalid. It is not echoed because it may contain a password.
    #[error(
        "proxy_url is not the URL of a proxy. Write it as http://host:port or https://host:port."
    )]
    ProxyUrl,
    /// A proxy for an endpoint without TLS: it would see the signed requests and the policies.
    #[error(
        "proxy_url is set and endpoint starts with http://, so requests and their signatures would go to the proxy in clear text. Remove proxy_url, which a server on this machine does not need, or use an endpoint that starts with https://."
    )]
    ProxyInClear,
    /// A certificate file cannot be read.
    #[error(
        "{setting} names {path}, which cannot be read: {reason}. Check the path and its permissions."
    )]
    File {
        /// The setting that names the file.
        setting: &'static str,
        /// The file.
        path: String,
        /// The operating system's reason.
        reason: String,
    },
    /// The input contains no usable certificate or key.
    #[error(
        "{setting} contains no usable {what} in PEM form. Check that it starts with -----BEGIN."
    )]
    Pem {
        /// The setting.
        setting: &'static str,
        /// The kind of PEM item that was expected.
        what: &'static str,
    },
    /// The key is protected by a passphrase.
    #[error(
        "{setting} contains a private key with a passphrase, which the provider cannot use. Decrypt it first, for example with: openssl pkey -in key.pem -out decrypted.pem"
    )]
    EncryptedKey {
        /// The setting.
        setting: &'static str,
    },
    /// TLS cannot be set up.
    #[error(
        "TLS cannot be set up: {0}. Check that client_cert_file and client_key_file belong together."
    )]
    Tls(String),
    /// The HTTP client cannot be set up.
    #[error("The HTTP client cannot be set up: {0}. Check proxy_url and the user agent.")]
    Http(String),
}

// === impl ConfigError ===

impl ConfigError {
    /// Returns the setting at fault, if the error concerns a single file or PEM text.
    #[must_use]
    pub fn setting(&self) -> Option<&'static str> {
        match self {
            Self::File { setting, .. }
            | Self::Pem { setting, .. }
            | Self::EncryptedKey { setting } => Some(setting),
            Self::Locale(_)
            | Self::ProxyUrl
            | Self::ProxyInClear
            | Self::Tls(_)
            | Self::Http(_) => None,
        }
    }
}
