//! Where CC-iSales is.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;

/// The server: scheme, host and port. Prints as `https://host:port`.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

/// Text that is not an endpoint. The text itself is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not a URL at all.
    #[error("The endpoint is not a URL. Write it as https://host:port.")]
    NotAUrl,
    /// Neither https nor, on this machine, http.
    #[error(
        "The endpoint does not start with https://. Only a server on this machine may be reached by http."
    )]
    NotHttps,
    /// User name or password in the URL.
    #[error(
        "The endpoint holds a user name or password, which CC-iSales does not use. Remove it, and set access_key and secret_key."
    )]
    UserInfo,
    /// More than host and port.
    #[error(
        "The endpoint holds more than a host and a port. Write it as https://host:port, without a path, a query or a fragment."
    )]
    Path,
}

// === impl Endpoint ===

impl Endpoint {
    /// The value of the Host header: a port that is the scheme's default is left out, an IPv6
    /// address stands in brackets.
    #[must_use]
    pub fn host_header(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether the server is reached by TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the server is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The URL of a path and query, both as they go out.
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
