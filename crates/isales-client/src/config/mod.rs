//! How a client is set up.

pub(crate) mod credentials;
pub(crate) mod endpoint;
pub(crate) mod insecure;
pub(crate) mod tls;

use std::{
    fmt,
    num::{NonZeroU32, NonZeroUsize},
    str::FromStr,
    time::Duration,
};

use reqwest::Url;

use crate::{
    retry_policy::{CommonPolicyLayout, Encoding, Quotes},
    sign::{SignedHeaders, TimestampPrecision},
};

pub use self::{
    credentials::{Credentials, CredentialsError},
    endpoint::{Endpoint, EndpointError},
    tls::{Authorities, ClientCertificate, ServerTrust},
};
pub use crate::http::Backoff;

/// Everything that a client needs to know.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The server.
    pub endpoint: Endpoint,
    /// What requests are signed with.
    pub credentials: Credentials,
    /// The `locale` header, if one is to be sent.
    pub locale: Option<Locale>,
    /// Whose certificates are trusted.
    pub server_trust: ServerTrust,
    /// The certificate to show to the server, if it asks for one.
    pub client_certificate: Option<ClientCertificate>,
    /// The proxy. Without one, those count that the environment names, such as `HTTPS_PROXY`,
    /// unless the server is on this machine.
    pub proxy_url: Option<ProxyUrl>,
    /// The longest that making a connection may take, TLS included.
    pub connect_timeout: Duration,
    /// The longest that one attempt may take, making a connection included; waiting for a turn
    /// does not count.
    pub request_timeout: Duration,
    /// How long a cancelled call waits for the reply to a policy already sent.
    pub cancel_grace: Duration,
    /// How often a request is made again after it failed. 0 switches retries off.
    pub max_retries: u32,
    /// How long to wait before a request is made again.
    pub backoff: Backoff,
    /// The most requests at a time.
    pub max_concurrent_requests: NonZeroUsize,
    /// The most requests that start in a second; none for no limit.
    pub requests_per_second: Option<NonZeroU32>,
    /// What differs between servers.
    pub compatibility: Compatibility,
    /// The `User-Agent` header.
    pub user_agent: String,
}

/// What differs between servers. The default is what the API reference shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compatibility {
    /// The quotes inside `policyJson`.
    pub policy_json_quotes: Quotes,
    /// Where a common policy stands.
    pub common_policy_layout: CommonPolicyLayout,
    /// How exact the time in a signature is.
    pub timestamp_precision: TimestampPrecision,
    /// The headers to sign.
    pub signed_headers: SignedHeaders,
}

/// The language of descriptions, such as `en_US` or `zh_CN` (header `locale`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale(String);

/// The URL of a proxy. It may hold a password, so Debug shows only the host.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(Url);

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The locale is not the name of one.
    #[error("The locale is {0:?}, which is not the name of one. Write it as en_US or zh_CN.")]
    Locale(String),
    /// The proxy URL is none. It is not repeated: it may hold a password.
    #[error(
        "proxy_url is not the URL of a proxy. Write it as http://host:port or https://host:port."
    )]
    ProxyUrl,
    /// A proxy for an endpoint without TLS: it would see the signed requests and the policies.
    #[error(
        "proxy_url is set and endpoint starts with http://, so that requests and their signatures would go to the proxy in clear. Remove proxy_url, which a server on this machine does not need, or use an endpoint that starts with https://."
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
        /// Why not.
        reason: String,
    },
    /// There is no usable certificate or key in what was given.
    #[error("{setting} holds no usable {what} in PEM form. Check that it starts with -----BEGIN.")]
    Pem {
        /// The setting.
        setting: &'static str,
        /// What was looked for.
        what: &'static str,
    },
    /// The key has a passphrase.
    #[error(
        "{setting} holds a private key with a passphrase, which the provider cannot use. Decrypt it first, for example with: openssl pkey -in key.pem -out decrypted.pem"
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
    /// The setting that the error is about, where it is about one file or PEM text.
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

// === impl ClientConfig ===

impl ClientConfig {
    /// A configuration for a server, with defaults for everything else.
    #[must_use]
    pub fn new(endpoint: Endpoint, credentials: Credentials) -> Self {
        Self {
            endpoint,
            credentials,
            locale: None,
            server_trust: ServerTrust::SystemRoots,
            client_certificate: None,
            proxy_url: None,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            cancel_grace: Duration::from_secs(2),
            max_retries: 4,
            backoff: Backoff::default(),
            max_concurrent_requests: NonZeroUsize::MIN.saturating_add(9),
            requests_per_second: None,
            compatibility: Compatibility::default(),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

// === impl Compatibility ===

impl Compatibility {
    /// How `policyJson` is written.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        Encoding {
            quotes: self.policy_json_quotes,
            common_policy_layout: self.common_policy_layout,
        }
    }
}

// === impl Locale ===

impl Locale {
    /// The name.
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

// === impl ProxyUrl ===

impl ProxyUrl {
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for ProxyUrl {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        Url::parse(text)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .map(Self)
            .ok_or(ConfigError::ProxyUrl)
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyUrl({})", self.0.host_str().unwrap_or_default())
    }
}
