//! The proxy, as a setting or the environment names it.

use std::{fmt, str::FromStr};

use reqwest::Url;

use super::{ConfigError, Endpoint, no_proxy::NoProxy};

/// The environment variables that name a proxy, the first that is set counts. Go, and so Terraform,
/// knows the first two, curl all of them.
const PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The environment variables that name the servers to reach without a proxy.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The URL of a proxy. It may contain a password, so `Debug` shows only the host.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(Url);

/// A proxy, and the setting or environment variable that names it. Displays without user and password,
/// as `proxy.example.com:3128 (from HTTPS_PROXY)`.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    url: ProxyUrl,
    source: String,
}

// === impl ProxyUrl ===

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

// === impl Proxy ===

impl Proxy {
    /// Creates a proxy. `source` is the setting or the environment variable that names it.
    #[must_use]
    pub fn new(url: ProxyUrl, source: impl Into<String>) -> Self {
        Self {
            url,
            source: source.into(),
        }
    }

    /// Finds the proxy that the environment names for a server: `HTTPS_PROXY`, else `ALL_PROXY`, in
    /// capitals or not, unless `NO_PROXY` lists the server. A server on this machine has none, because
    /// its address would mean the proxy's machine.
    ///
    /// # Errors
    ///
    /// [`ConfigError::ProxyVariable`] if the variable is not the URL of an HTTP proxy. To do without it
    /// would send requests another way than the one that was asked for.
    pub fn from_environment(
        endpoint: &Endpoint,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, ConfigError> {
        let set = |name: &'static str| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            Some((name, value))
        };
        let Some((name, value)) = PROXY.into_iter().find_map(set) else {
            return Ok(None);
        };
        let no_proxy = NO_PROXY.into_iter().find_map(set);
        let is_listed = no_proxy.is_some_and(|(_, list)| {
            NoProxy::new(&list).contains(endpoint.host(), endpoint.port())
        });
        if endpoint.is_loopback() || is_listed {
            return Ok(None);
        }
        let url = if value.contains("://") {
            value.parse()
        } else {
            format!("http://{value}").parse()
        };
        match url {
            Ok(url) => Ok(Some(Self::new(url, name))),
            Err(_) => Err(ConfigError::ProxyVariable { variable: name }),
        }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url.0
    }

    /// Returns the host, an IPv6 address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.url().host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Returns the port, even if it is the scheme's default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url().port_or_known_default().unwrap_or_default()
    }

    /// Returns host and port, without user and password.
    pub(crate) fn address(&self) -> String {
        let host = self.url().host_str().unwrap_or_default();
        let port = self.url().port_or_known_default().unwrap_or_default();
        format!("{host}:{port}")
    }

    /// Returns whether the connection to the proxy itself is over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url().scheme() == "https"
    }

    /// Returns the setting or the environment variable that names the proxy.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (from {})", self.address(), self.source)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(endpoint: &str, variables: &[(&str, &str)]) -> Result<Option<String>, ConfigError> {
        let endpoint = endpoint.parse().unwrap();
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        };
        let proxy = Proxy::from_environment(&endpoint, variable)?;
        Ok(proxy.map(|proxy| proxy.to_string()))
    }

    const SERVER: &str = "https://isales.example.com:28443";

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let all = [
            ("all_proxy", "http://d:4"),
            ("ALL_PROXY", "http://c:3"),
            ("https_proxy", "b:2"),
            ("HTTPS_PROXY", "http://me:pass-word@a:1"),
        ];
        for (count, proxy) in [
            (0, None),
            (1, Some("d:4 (from all_proxy)")),
            (2, Some("c:3 (from ALL_PROXY)")),
            (3, Some("b:2 (from https_proxy)")),
            (4, Some("a:1 (from HTTPS_PROXY)")),
        ] {
            assert_eq!(found(SERVER, &all[..count]), Ok(proxy.map(str::to_owned)));
        }
        let others = [("HTTPS_PROXY", ""), ("HTTP_PROXY", "http://a:1")];
        assert_eq!(found(SERVER, &others), Ok(None));
    }

    #[test]
    fn servers_of_no_proxy_and_of_this_machine_are_reached_directly() {
        for (endpoint, list, is_proxied) in [
            (SERVER, "isales.example.com:28443", false),
            (SERVER, "isales.example.com:443", true),
            (
                "https://isales.example.com",
                "isales.example.com:443",
                false,
            ),
            ("https://[2001:db8::1]", "2001:db8::/32", false),
            ("https://ISALES.example.com", "isales.EXAMPLE.com", false),
            ("https://localhost:1", "", false),
            ("https://127.0.0.2:1", "", false),
            ("https://[::1]:1", "", false),
        ] {
            for name in ["NO_PROXY", "no_proxy"] {
                let proxy = found(endpoint, &[("HTTPS_PROXY", "http://a:1"), (name, list)]);
                assert_eq!(proxy.unwrap().is_some(), is_proxied, "{endpoint} {list}");
            }
        }
    }

    #[test]
    fn a_variable_that_names_no_proxy_is_an_error_without_its_value() {
        for value in [
            "nonsense://pass-word",
            "socks5://me:pass-word@host:1",
            "me:pass-word@host:port",
            "http://",
            "://",
        ] {
            let error = found(SERVER, &[("https_proxy", value)]).unwrap_err();
            let text = error.to_string();
            assert!(text.starts_with("https_proxy is not the URL"), "{text}");
            assert!(!text.contains("pass-word"), "{text}");
            let listed = [("https_proxy", value), ("NO_PROXY", "*")];
            assert_eq!(found(SERVER, &listed), Ok(None));
        }
    }

    #[test]
    fn no_form_shows_user_and_password() {
        let url: ProxyUrl = "https://me:pass-word@proxy.example.com".parse().unwrap();
        let proxy = Proxy::new(url, "proxy_url");
        assert_eq!(proxy.to_string(), "proxy.example.com:443 (from proxy_url)");
        assert_eq!(format!("{proxy:?}"), format!("Proxy({proxy})"));
    }
}
