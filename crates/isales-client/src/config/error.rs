//! Settings that cannot be used.

use super::{FileProblem, PemFinding, PemKind};

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
    /// An environment variable that should name a proxy does not. Its value is not shown because it may
    /// contain a password.
    #[error(
        "{variable} is not the URL of an HTTP proxy. Write it as http://host:port or https://host:port, set proxy_url, or name the server in NO_PROXY. The value is not shown, as it may contain a password."
    )]
    ProxyVariable {
        /// The environment variable.
        variable: &'static str,
    },
    /// A proxy for an endpoint without TLS: it would see the signed requests and the policies.
    #[error(
        "proxy_url is set and endpoint starts with http://, so requests and their signatures would go to the proxy in clear text. Remove proxy_url, which a server on this machine does not need, or use an endpoint that starts with https://."
    )]
    ProxyInClear,
    /// A setting names no file.
    #[error(
        "{setting} is empty, so it names no file. Leave it out or set it to null, or name a file."
    )]
    EmptyPath {
        /// The setting.
        setting: &'static str,
    },
    /// A certificate or key file cannot be read.
    #[error("{setting} names {path:?}, which cannot be read: {problem}")]
    File {
        /// The setting that names the file.
        setting: &'static str,
        /// The file.
        path: String,
        /// The reason.
        problem: FileProblem,
    },
    /// The input contains no usable certificate or key.
    #[error("{setting} contains no usable {expected} in PEM form: {found}")]
    Pem {
        /// The setting.
        setting: &'static str,
        /// What it should contain.
        expected: PemKind,
        /// What it contains.
        found: PemFinding,
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
            Self::EmptyPath { setting }
            | Self::File { setting, .. }
            | Self::Pem { setting, .. } => Some(setting),
            Self::Locale(_)
            | Self::ProxyUrl
            | Self::ProxyVariable { .. }
            | Self::ProxyInClear
            | Self::Tls(_)
            | Self::Http(_) => None,
        }
    }
}
