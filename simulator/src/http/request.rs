//! A request as received.

use hyper::{HeaderMap, header::HeaderName};

/// Method, target, headers and body of a request, neither decoded nor normalized, because the
/// signature covers the bytes on the wire. Only header names are in lower case.
///
/// Does not implement `Debug`, because it holds the `Authorization` header.
#[derive(Clone)]
pub(crate) struct WireRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

// === impl WireRequest ===

impl WireRequest {
    /// Returns the bytes of a header that occurs exactly once.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => Some(value.as_bytes()),
            _ => None,
        }
    }

    /// Returns the percent-decoded query parameters in the order of the wire.
    pub(crate) fn query_parameters(&self) -> impl Iterator<Item = (String, String)> + '_ {
        form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
    }
}
