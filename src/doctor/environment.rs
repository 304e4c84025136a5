//! The environment, with the flags laid over it.

use std::{collections::BTreeMap, path::Path};

use zeroize::Zeroizing;

use super::command_line::Given;
use crate::configuration::Environment;

/// Variables of which one in the environment gives way to the flag of the other.
const ALTERNATIVES: [[&str; 2]; 2] = [
    ["ISALES_CA_CERT_FILE", "ISALES_CA_CERT_PEM"],
    ["ISALES_CA_CERT_PEM", "ISALES_CA_CERT_FILE"],
];

/// The variable of the secret key.
const SECRET_KEY: &str = "ISALES_SECRET_KEY";

/// Lays flags, and the secret key from a file, over the environment.
pub(super) fn overlay(
    settings: BTreeMap<String, Given>,
    secret_key: Option<Zeroizing<String>>,
    environment: Environment,
) -> Environment {
    Box::new(move |name| {
        if name == SECRET_KEY
            && let Some(secret_key) = &secret_key
        {
            return Some(secret_key.as_str().to_owned());
        }
        if let Some(given) = settings.get(name) {
            return Some(given.value.clone());
        }
        let gives_way = ALTERNATIVES
            .iter()
            .any(|[variable, other]| *variable == name && settings.contains_key(*other));
        if gives_way { None } else { environment(name) }
    })
}

/// Reads the file with the secret key, without the line break at its end.
pub(super) fn read_secret_key(path: &Path) -> Result<Zeroizing<String>, std::io::Error> {
    let text = Zeroizing::new(std::fs::read_to_string(path)?);
    let trimmed = text.strip_suffix('\n').unwrap_or(&text);
    let trimmed = trimmed.strip_suffix('\r').unwrap_or(trimmed);
    Ok(Zeroizing::new(trimmed.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_before_the_environment() {
        let given = |value: &str| Given {
            flag: String::new(),
            value: value.to_owned(),
        };
        let flags = BTreeMap::from([
            ("ISALES_VDN_ID".to_owned(), given("26")),
            ("ISALES_CA_CERT_FILE".to_owned(), given("a.pem")),
        ]);
        let secret = Some(Zeroizing::new("of the file".to_owned()));
        let environment = overlay(flags, secret, Box::new(|name| Some(format!("old {name}"))));
        let value = |name: &str| environment(name);
        assert_eq!(value("ISALES_VDN_ID").as_deref(), Some("26"));
        assert_eq!(value("ISALES_CA_CERT_PEM"), None);
        assert_eq!(value("ISALES_SECRET_KEY").as_deref(), Some("of the file"));
        assert_eq!(value("HTTPS_PROXY").as_deref(), Some("old HTTPS_PROXY"));
    }

    #[test]
    fn the_line_break_at_the_end_of_the_file_is_no_part_of_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        for (content, key) in [
            ("a b", "a b"),
            ("a\n", "a"),
            ("a\r\n", "a"),
            ("a\n\n", "a\n"),
        ] {
            std::fs::write(&path, content).unwrap();
            assert_eq!(read_secret_key(&path).unwrap().as_str(), key);
        }
    }
}
