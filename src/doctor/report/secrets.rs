//! The secrets in the settings.

use zeroize::Zeroizing;

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

/// Returns the keys and passwords in the settings.
pub(in crate::doctor) fn secrets(environment: &Environment) -> Vec<Zeroizing<String>> {
    let keys = KEYS.iter().filter_map(|name| environment(name));
    let logins = PROXIES
        .iter()
        .filter_map(|name| environment(name))
        .flat_map(|url| login(&url));
    keys.chain(logins).map(Zeroizing::new).collect()
}

/// Returns the user and the password in a URL.
fn login(url: &str) -> Vec<String> {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let Some((login, _)) = after_scheme.rsplit_once('@') else {
        return Vec::new();
    };
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    [user, password]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_passwords_are_secrets() {
        let environment: Environment = Box::new(|name| {
            let value = match name {
                "ISALES_SECRET_KEY" => "key",
                "HTTPS_PROXY" => "http://me:pass@word@proxy:3128",
                "ALL_PROXY" => "proxy:3128",
                _ => return None,
            };
            Some(value.to_owned())
        });
        let secrets = secrets(&environment);
        let secrets: Vec<&str> = secrets.iter().map(|secret| secret.as_str()).collect();
        assert_eq!(secrets, ["key", "me", "pass@word"]);
    }
}
