//! `NO_PROXY` as Go's `golang.org/x/net/http/httpproxy` reads it, and so Terraform and most providers.
//! The HTTP library's own reading knows no ports.

use std::net::IpAddr;

use ipnet::IpNet;
use reqwest::Url;

/// The hosts that are reached without a proxy.
#[derive(Debug)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug)]
enum Entry {
    /// `*`
    All,
    /// `192.0.2.0/24`
    Network(IpNet),
    /// `192.0.2.1`, `192.0.2.1:8443`, `2001:db8::1`, `[2001:db8::1]:8443`
    Address { address: IpAddr, port: Option<u16> },
    /// `example.com`, `.example.com`, `*.example.com`, each perhaps with a port.
    Domain {
        /// In lower case, and with a dot at the beginning.
        suffix: String,
        /// Whether the domain itself matches as its subdomains do.
        itself: bool,
        port: Option<u16>,
    },
}

// === impl NoProxy ===

impl NoProxy {
    /// Reads entries that are separated by commas. Entries that are malformed match nothing.
    pub(super) fn new(text: &str) -> Self {
        Self(text.split(',').filter_map(Entry::new).collect())
    }

    /// Returns whether this server is reached without a proxy. `host` is in lower case, and an IPv6
    /// address has no brackets.
    pub(super) fn contains(&self, host: &str, port: u16) -> bool {
        let address = host.parse().ok();
        self.0
            .iter()
            .any(|entry| entry.matches(host, address, port))
    }
}

// === impl Entry ===

impl Entry {
    fn new(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if text == "*" {
            return Some(Self::All);
        }
        if let Ok(network) = text.parse() {
            return Some(Self::Network(network));
        }
        let (host, port) = split_port(&text)?;
        if let Ok(address) = host.parse() {
            return Some(Self::Address { address, port });
        }
        let host = host
            .strip_prefix('*')
            .filter(|rest| rest.starts_with('.'))
            .unwrap_or(host);
        let (name, itself) = match host.strip_prefix('.') {
            Some(name) => (name, false),
            None => (host, true),
        };
        Some(Self::Domain {
            suffix: format!(".{}", ascii(name)?),
            itself,
            port,
        })
    }

    fn matches(&self, host: &str, host_address: Option<IpAddr>, host_port: u16) -> bool {
        let is_port = |port: &Option<u16>| port.is_none_or(|port| port == host_port);
        match self {
            Self::All => true,
            Self::Network(network) => {
                host_address.is_some_and(|address| network.contains(&address))
            }
            Self::Address { address, port } => host_address == Some(*address) && is_port(port),
            Self::Domain {
                suffix,
                itself,
                port,
            } => {
                let is_itself = *itself && suffix.strip_prefix('.') == Some(host);
                (is_itself || host.ends_with(suffix.as_str())) && is_port(port)
            }
        }
    }
}

/// Splits a port off. An IPv6 address has brackets if it has a port.
fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => match text.split_once(':') {
            Some((host, port)) if !port.contains(':') => (host, port),
            _ => (text, ""),
        },
    };
    let port = match port.trim_start_matches(':') {
        "" => None,
        port => Some(port.parse().ok()?),
    };
    Some((host, port)).filter(|(host, _)| !host.is_empty())
}

/// Converts a name to the form that a URL has: without other letters than those of ASCII.
fn ascii(name: &str) -> Option<String> {
    if name.is_ascii() {
        return Some(name.to_owned()).filter(|name| !name.is_empty());
    }
    let url = Url::parse(&format!("http://{name}")).ok()?;
    url.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_as_the_documentation_of_go_has_it() {
        for (entries, host, is_direct) in [
            ("*", "a.example.com:1", true),
            (" * ,x", "192.0.2.1:1", true),
            ("example.com", "example.com:443", true),
            ("EXAMPLE.com", "a.example.com:443", true),
            ("example.com", "notexample.com:443", false),
            ("example.com", "example.com.org:443", false),
            (".example.com", "a.b.example.com:443", true),
            (".example.com", "example.com:443", false),
            ("*.example.com", "a.example.com:443", true),
            ("*.example.com", "example.com:443", false),
            ("*example.com", "example.com:443", false),
            ("a.example.com", "example.com:443", false),
            ("example.com:28443", "example.com:28443", true),
            ("example.com:28443", "a.example.com:28443", true),
            ("example.com:28443", "example.com:443", false),
            (".example.com:28443", "a.example.com:28443", true),
            ("example.com:x", "example.com:443", false),
            ("example.com:", "example.com:443", true),
            (":443", "example.com:443", false),
            ("x.org, example.com", "example.com:443", true),
            ("x.org example.com", "example.com:443", false),
            (",,", "example.com:443", false),
            ("", "example.com:443", false),
            ("192.0.2.1", "192.0.2.1:443", true),
            ("192.0.2.1", "192.0.2.10:443", false),
            ("192.0.2.1:28443", "192.0.2.1:28443", true),
            ("192.0.2.1:28443", "192.0.2.1:443", false),
            ("192.0.2.77/24", "192.0.2.1:443", true),
            ("192.0.2.0/24", "192.0.3.1:443", false),
            ("192.0.2.0/24", "a.example.com:443", false),
            ("2001:db8::/32", "[2001:db8::1]:443", true),
            ("2001:db8::1", "[2001:db8::1]:443", true),
            ("[2001:db8::1]", "[2001:db8::1]:443", true),
            ("[2001:db8:0::1]:28443", "[2001:db8::1]:28443", true),
            ("[2001:db8::1]:28443", "[2001:db8::1]:443", false),
            ("bücher.example", "xn--bcher-kva.example:443", true),
        ] {
            let (name, port) = host.rsplit_once(':').unwrap();
            let name = name.trim_start_matches('[').trim_end_matches(']');
            assert_eq!(
                NoProxy::new(entries).contains(name, port.parse().unwrap()),
                is_direct,
                "{entries:?} for {host}"
            );
        }
    }
}
