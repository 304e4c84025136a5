//! A request as it came over the wire, before anything is made of it.

use hyper::HeaderMap;
use hyper::header::HeaderName;

/// Method, target, headers and body of one request; nothing decoded, nothing normalised except
/// that HTTP's case-insensitive header names are in lower case. Has no `Debug`: it holds the
/// `Authorization` header.
#[derive(Clone)]
pub(crate) struct WireRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl WireRequest {
    /// The bytes of a header that occurs exactly once.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => Some(value.as_bytes()),
            _ => None,
        }
    }

    /// Query parameters, percent-decoded, in the order of the wire.
    pub(crate) fn query_parameters(&self) -> impl Iterator<Item = (String, String)> + '_ {
        form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
    }
}
