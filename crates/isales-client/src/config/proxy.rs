//! The proxy.

use std::{fmt, str::FromStr};

use reqwest::Url;

use super::ConfigError;

/// The URL of a proxy. It may contain a password, so `Debug` shows only the host.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(Url);

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
