//! The endpoint: scheme, host and port of the server.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;

/// Scheme, host and port of the server. Displays as `https://host:port`.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

/// Text that is not an endpoint. The text is not echoed because it may contain a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// The text is empty.
    #[error("The endpoint is empty. Write it as https://host:port.")]
    Empty,
    /// The text is not a URL.
    #[error("The endpoint is not a URL. Write it as https://host:port.")]
    NotAUrl,
    /// The scheme is not https, nor http for a server on this machine.
    #[error(
        "The endpoint does not start with https://. Plain http:// is allowed only for a server on this machine."
    )]
    NotHttps,
    /// The URL contains a user name or password.
    #[error(
        "The endpoint contains a user name or password, which CC-iSales does not use. Remove it, and set access_key and secret_key."
    )]
    UserInfo,
    /// The URL contains more than host and port.
    #[error(
        "The endpoint contains more than a host and a port. Write it as https://host:port, without a path, a query or a fragment."
    )]
    Path,
}

// === impl Endpoint ===

impl Endpoint {
    /// Returns the value of the Host header: without the scheme's default port, and with an IPv6
    /// address in brackets.
    #[must_use]
    pub fn host_header(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns the host in lower case, an IPv6 address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.0.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Returns the port, even if it is the scheme's default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// Returns whether the server uses TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns host and port, even if it is the scheme's default, as a proxy is asked for them.
    pub(crate) fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        format!("{host}:{}", self.port())
    }

    /// Returns whether the server is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Builds the URL of a path and query, both already encoded.
    pub(crate) fn url(&self, path: &str, query: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        url
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        if text.trim().is_empty() {
            return Err(EndpointError::Empty);
        }
        let url = Url::parse(text).map_err(|_| EndpointError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(EndpointError::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointError::UserInfo);
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointError::Path);
        }
        Ok(Self(url))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.host_header())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host == "localhost"
        || host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_header_is_the_one_on_the_wire() {
        for (text, host) in [
            (
                "https://isales.example.com:28443",
                "isales.example.com:28443",
            ),
            ("https://ISALES.example.com:443/", "isales.example.com"),
            ("https://[2001:db8::1]:28443", "[2001:db8::1]:28443"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://[::1]", "[::1]"),
            ("http://localhost:80", "localhost"),
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().host_header(), host);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (text, error) in [
            ("", EndpointError::Empty),
            (" \n", EndpointError::Empty),
            ("isales.example.com", EndpointError::NotAUrl),
            ("http://isales.example.com", EndpointError::NotHttps),
            ("http://localhost.example.com", EndpointError::NotHttps),
            ("ftp://127.0.0.1", EndpointError::NotHttps),
            (
                "https://me:secret@isales.example.com",
                EndpointError::UserInfo,
            ),
            ("https://isales.example.com/rest", EndpointError::Path),
            ("https://isales.example.com?a=b", EndpointError::Path),
            ("https://isales.example.com#a", EndpointError::Path),
        ] {
            assert_eq!(text.parse::<Endpoint>(), Err(error), "{text}");
        }
    }
}
