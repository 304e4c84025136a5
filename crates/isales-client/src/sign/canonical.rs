//! The text that is signed.

use std::fmt::Write as _;

use super::SignedHeaders;

/// What a signature covers of a request.
#[derive(Clone, Copy, Debug)]
pub struct RequestToSign<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The path as it goes out, without the query.
    pub path: &'a str,
    /// PolicyLookup parameters, before percent-encoding.
    pub query: &'a [(&'a str, &'a str)],
    /// The headers to sign: names in lower case, values as they go out.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body as it goes out; empty if there is none.
    pub body: &'a [u8],
}

/// The canonical form of a request:
///
/// ```text
/// METHOD "\n" path "\n" [query "\n"] signedHeaderNames "\n" headers "\n" body
/// ```
///
/// The line of the query is left out where there are no parameters. PolicyLookup parameters are
/// `name=value`, headers `name:value`, both percent-encoded and sorted as whole strings; headers
/// are joined by line feeds, query parameters by `&`. The body is percent-encoded as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalRequest(String);

// === impl RequestToSign ===

impl RequestToSign<'_> {
    /// The names of the headers.
    #[must_use]
    pub fn signed_headers(&self, wanted: &SignedHeaders) -> SignedHeaders {
        wanted.carried_by(self.headers.iter().map(|(name, _)| *name))
    }
}

// === impl CanonicalRequest ===

impl CanonicalRequest {
    /// The canonical form of a request. Of its headers only those in `signed_headers` count.
    #[must_use]
    pub fn new(request: &RequestToSign<'_>, signed_headers: &SignedHeaders) -> Self {
        let mut text = format!("{}\n{}\n", request.method, request.path);
        if !request.query.is_empty() {
            text.push_str(&canonical_query(request.query));
            text.push('\n');
        }
        let mut headers: Vec<String> = request
            .headers
            .iter()
            .filter(|(name, _)| signed_headers.iter().any(|signed| signed == *name))
            .map(|(name, value)| pair(name, ':', value))
            .collect();
        headers.sort_unstable();
        let headers = headers.join("\n");
        // Writing to a String cannot fail.
        let _ = write!(text, "{signed_headers}\n{headers}\n");
        percent_encode(request.body, &mut text);
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The query of a URI as it is signed and as it goes out.
#[must_use]
pub(crate) fn canonical_query(query: &[(&str, &str)]) -> String {
    let mut pairs: Vec<String> = query
        .iter()
        .map(|(name, value)| pair(name, '=', value))
        .collect();
    pairs.sort_unstable();
    pairs.join("&")
}

fn pair(name: &str, separator: char, value: &str) -> String {
    let mut pair = String::new();
    percent_encode(name.as_bytes(), &mut pair);
    pair.push(separator);
    percent_encode(value.as_bytes(), &mut pair);
    pair
}

/// Keeps letters, digits and `-._~`, and writes every other byte as `%XX` in upper case.
fn percent_encode(bytes: &[u8], text: &mut String) {
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}
