//! The secrets in the settings.

use zeroize::Zeroizing;

use super::text::{Text, percent_decoded, text_of};
use crate::configuration::Environment;

/// The variables with a key.
const KEYS: [&str; 2] = ["ISALES_ACCESS_KEY", "ISALES_SECRET_KEY"];

/// The variables with the URL of a proxy, which may contain a password.
const PROXIES: [&str; 5] = [
    "ISALES_PROXY_URL",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// The variable with the URL of the API.
const ENDPOINT: &str = "ISALES_ENDPOINT";

/// Returns the keys in the settings, and the users, passwords and hosts in their URLs.
pub(in crate::doctor) fn secrets(environment: &Environment) -> Vec<Zeroizing<String>> {
    let keys = KEYS.iter().filter_map(|name| environment(name));
    let parts = PROXIES
        .iter()
        .chain([&ENDPOINT])
        .filter_map(|name| environment(name))
        .flat_map(|url| login_and_host(&url));
    keys.chain(parts).map(Zeroizing::new).collect()
}

/// Returns the user, the password and the host in a URL, as written and decoded.
fn login_and_host(url: &str) -> Vec<String> {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (login, address) = after_scheme.rsplit_once('@').unwrap_or(("", after_scheme));
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let mut parts: Vec<String> = [user, password, host(address)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .flat_map(|part| {
            let decoded = text_of(&percent_decoded(&Text::new(part).glyphs()));
            [part.to_owned(), decoded]
        })
        .collect();
    parts.dedup();
    parts
}

/// Returns the host in what follows the scheme and the login of a URL.
fn host(address: &str) -> &str {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let authority = address.get(..end).unwrap_or_default();
    // An IPv6 address is in brackets.
    if let Some((host, _)) = authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        return host;
    }
    authority
        .split_once(':')
        .map_or(authority, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_passwords_and_hosts_are_secrets() {
        let environment: Environment = Box::new(|name| {
            let value = match name {
                "ISALES_SECRET_KEY" => "key",
                "HTTPS_PROXY" => "http://me:pass@w%6Frd@proxy:3128",
                "ALL_PROXY" => "other:3128",
                "all_proxy" => "http://[2001:db8::1]:3128/",
                "ISALES_ENDPOINT" => "https://api.example.com/rest",
                _ => return None,
            };
            Some(value.to_owned())
        });
        let secrets = secrets(&environment);
        let secrets: Vec<&str> = secrets.iter().map(|secret| secret.as_str()).collect();
        let expected = [
            "key",
            "me",
            "pass@w%6Frd",
            "pass@word",
            "proxy",
            "other",
            "2001:db8::1",
            "api.example.com",
        ];
        assert_eq!(secrets, expected);
    }
}
