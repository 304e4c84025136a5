//! The canonical form of a request, which is signed.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::SignedHeaders;

/// The bytes that are encoded: all but letters, digits and `-._~`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The parts of a request that a signature covers.
#[derive(Clone, Copy, Debug)]
pub struct RequestToSign<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The path as it is sent, without the query.
    pub path: &'a str,
    /// The query parameters, before percent-encoding.
    pub query: &'a [(&'a str, &'a str)],
    /// The headers to sign: names in lower case, values as they are sent.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body as it is sent; empty if there is none.
    pub body: &'a [u8],
}

/// The canonical form of a request:
///
/// ```text
/// METHOD "\n" path "\n" [query "\n"] signedHeaderNames "\n" headers "\n" body
/// ```
///
/// The query line is omitted if there are no parameters. Query parameters are
/// `name=value`, headers `name:value`, both percent-encoded and sorted as whole strings; headers
/// are joined by line feeds, query parameters by `&`. The body is percent-encoded as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalRequest(String);

// === impl RequestToSign ===

impl RequestToSign<'_> {
    /// Returns the names of the wanted headers that the request has.
    #[must_use]
    pub fn signed_headers(&self, wanted: &SignedHeaders) -> SignedHeaders {
        wanted.carried_by(self.headers.iter().map(|(name, _)| *name))
    }
}

// === impl CanonicalRequest ===

impl CanonicalRequest {
    /// Writes the canonical form of a request, with those of its headers that are in
    /// `signed_headers`.
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
        text.extend(percent_encode(request.body, ENCODED));
        Self(text)
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes the query of a URI as it is signed and sent.
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
    let name = percent_encode(name.as_bytes(), ENCODED);
    let value = percent_encode(value.as_bytes(), ENCODED);
    format!("{name}{separator}{value}")
}
