//! A request on its way through a handler.

use super::{
    Directions, Refusal, ResultCode, empty,
    parameters::{QueryParameters, integer, page, wrong_value},
    parse_body,
};
use crate::{
    http::WireRequest,
    json::Node,
    records::Counters,
    store::{Store, Vdn},
};

const CONTENT_TYPE: &[u8] = b"application/json; charset=UTF-8";

/// A request to the API, with the state that a handler reads and changes.
pub(crate) struct ApiCall<'a> {
    pub(crate) store: &'a mut Store,
    pub(crate) counters: &'a mut Counters,
    pub(crate) request: &'a WireRequest,
    pub(crate) directions: Directions,
    /// Names from the route with their segments of the path.
    path_parameters: Vec<(&'static str, &'a str)>,
}

// === impl ApiCall ===

impl<'a> ApiCall<'a> {
    pub(crate) fn new(
        store: &'a mut Store,
        counters: &'a mut Counters,
        request: &'a WireRequest,
        directions: Directions,
        path_parameters: Vec<(&'static str, &'a str)>,
    ) -> Self {
        Self {
            store,
            counters,
            request,
            directions,
            path_parameters,
        }
    }

    /// Checks that the `Content-Type` header has the fixed value of Table 2.
    pub(crate) fn check_content_type(&self) -> Result<(), Refusal> {
        if self.request.header("content-type") == Some(CONTENT_TYPE) {
            return Ok(());
        }
        let detail = "The Content-Type header must be application/json; charset=UTF-8.";
        Err(Refusal::new(ResultCode::ParameterError, detail))
    }

    /// Parses the body, which has to be a JSON object.
    pub(crate) fn body(&self) -> Result<Node, Refusal> {
        parse_body(&self.request.body)
    }

    /// Returns a parameter of the path, by its name in the route.
    pub(crate) fn path_text(&self, name: &str) -> Result<&'a str, Refusal> {
        self.path_parameters
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| *text)
            .ok_or_else(|| empty(name))
    }

    /// Parses a parameter of the path that is a positive integer.
    pub(crate) fn path_id(&self, name: &str) -> Result<i64, Refusal> {
        match integer(name, self.path_text(name)?)? {
            id @ 1.. => Ok(id),
            _ => Err(wrong_value(name, "positive")),
        }
    }

    /// Parses `vdnId`, which Table 1 limits to 1 to 9999.
    pub(crate) fn vdn_id(&self) -> Result<u16, Refusal> {
        let value = integer("vdnId", self.path_text("vdnId")?)?;
        match u16::try_from(value) {
            Ok(vdn_id @ 1..=9999) => Ok(vdn_id),
            _ => Err(wrong_value("vdnId", "from 1 to 9999")),
        }
    }

    /// Returns the VDN of the path. An unknown VDN is a parameter error \[I\].
    pub(crate) fn vdn(&self) -> Result<&Vdn, Refusal> {
        self.store
            .vdn(self.vdn_id()?)
            .ok_or_else(|| Refusal::new(ResultCode::ParameterError, "The VDN does not exist."))
    }

    /// Returns the rows of the page that `pageSize` and `pageNum` ask for, both of which are
    /// required.
    pub(crate) fn requested_page<T>(
        &self,
        rows: impl IntoIterator<Item = T>,
        max_size: i64,
    ) -> Result<impl Iterator<Item = T>, Refusal> {
        let query = self.query(&["pageSize", "pageNum"])?;
        let size = query
            .integer_in("pageSize", 1..=max_size)?
            .ok_or_else(|| empty("pageSize"))?;
        let number = query
            .integer_in("pageNum", 1..=i64::MAX)?
            .ok_or_else(|| empty("pageNum"))?;
        Ok(page(rows, number, size))
    }

    /// Parses the query and refuses parameters that are not in `known`.
    pub(crate) fn query(&self, known: &[&str]) -> Result<QueryParameters, Refusal> {
        QueryParameters::parse(self.request, known)
    }
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;

    use super::*;

    fn with_segment<T>(
        name: &'static str,
        segment: &str,
        read: impl Fn(&ApiCall<'_>) -> Result<T, Refusal>,
    ) -> Result<T, ResultCode> {
        let request = WireRequest {
            method: "GET".to_owned(),
            path: String::new(),
            query: None,
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
        let (mut store, mut counters) = (Store::default(), Counters::default());
        let call = ApiCall::new(
            &mut store,
            &mut counters,
            &request,
            Directions::default(),
            vec![(name, segment)],
        );
        read(&call).map_err(|refusal| refusal.code)
    }

    #[test]
    fn ids_follow_table_1() {
        let vdn_id = |text: &str| with_segment("vdnId", text, |call| call.vdn_id());
        assert_eq!(vdn_id("1"), Ok(1));
        assert_eq!(vdn_id("9999"), Ok(9999));
        for text in ["0", "10000", "-1"] {
            assert_eq!(vdn_id(text), Err(ResultCode::WrongValue), "{text}");
        }
        for text in ["", "a", "+1", "1.0", "%31"] {
            assert_eq!(vdn_id(text), Err(ResultCode::WrongType), "{text}");
        }
        let id = |text: &str| with_segment("campaignId", text, |call| call.path_id("campaignId"));
        assert_eq!(id("9223372036854775807"), Ok(i64::MAX));
        assert!(id("9223372036854775808").is_err());
        assert_eq!(id("0"), Err(ResultCode::WrongValue));
    }
}
