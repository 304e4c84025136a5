//! The headers that a signature covers.

use std::{collections::BTreeSet, fmt, str::FromStr};

/// The names of the headers to sign, in lower case, sorted: always including `host`, never
/// `authorization`. Displays as in the signature, `content-type;host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeaders(BTreeSet<String>);

/// A list that cannot be the headers to sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignedHeadersError {
    /// `host` is not in the list.
    #[error(
        "signed_headers does not contain host, which every signature must cover. Add it, as in content-length;content-type;host."
    )]
    WithoutHost,
    /// `authorization` is in the list.
    #[error("signed_headers contains authorization, which is the signature itself. Remove it.")]
    WithAuthorization,
    /// No request has a header of this name.
    #[error(
        "signed_headers contains {0:?}, which no request to CC-iSales has. Use some of content-length, content-type, host and locale, separated by semicolons."
    )]
    UnknownHeader(String),
}

// === impl SignedHeaders ===

impl SignedHeaders {
    /// Returns the headers of the list that a request has.
    #[must_use]
    pub fn carried_by<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeSet<&str> = names.into_iter().collect();
        let carried = self.0.iter().filter(|name| names.contains(name.as_str()));
        Self(carried.cloned().collect())
    }

    /// Iterates over the names, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Default for SignedHeaders {
    /// `content-length;content-type;host`, as in the current sample.
    fn default() -> Self {
        Self(
            ["content-length", "content-type", "host"]
                .map(str::to_owned)
                .into(),
        )
    }
}

impl FromStr for SignedHeaders {
    type Err = SignedHeadersError;

    /// Parses names separated by semicolons, in any order and case.
    fn from_str(text: &str) -> Result<Self, SignedHeadersError> {
        let mut names = BTreeSet::new();
        for name in text.split(';') {
            let name = name.trim().to_ascii_lowercase();
            match name.as_str() {
                "content-length" | "content-type" | "host" | "locale" => names.insert(name),
                "authorization" => return Err(SignedHeadersError::WithAuthorization),
                _ => return Err(SignedHeadersError::UnknownHeader(name)),
            };
        }
        if !names.contains("host") {
            return Err(SignedHeadersError::WithoutHost);
        }
        Ok(Self(names))
    }
}

impl fmt::Display for SignedHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(";")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_in_lower_case_and_must_make_sense() {
        let parse = |text: &str| text.parse::<SignedHeaders>();
        assert_eq!(
            parse("Host; content-type").unwrap().to_string(),
            "content-type;host"
        );
        assert_eq!(
            parse("locale").unwrap_err(),
            SignedHeadersError::WithoutHost
        );
        assert_eq!(
            parse("host;Authorization").unwrap_err(),
            SignedHeadersError::WithAuthorization
        );
        assert_eq!(
            parse("host;").unwrap_err(),
            SignedHeadersError::UnknownHeader(String::new())
        );
    }
}
