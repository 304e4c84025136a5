//! Selects the handler of a request by path and method.

use super::{ApiCall, Directions, Refusal};
use crate::{
    http::{Reply, WireRequest},
    records::Counters,
    store::Store,
};

/// The prefix of every path.
const BASE: &str = "/rest/isales/";

/// An operation of the API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path below `/rest/isales/`. A segment in braces is a parameter and matches any text.
    pub(crate) path: &'static str,
    pub(crate) handler: Handler,
}

/// Answers a request. A refusal becomes HTTP 200 with the refusal's codes.
pub(crate) type Handler = fn(&mut ApiCall<'_>) -> Result<Reply, Refusal>;

/// Every route of the server.
#[derive(Debug)]
pub(crate) struct Router(Vec<Route>);

// === impl Router ===

impl Router {
    pub(crate) fn new(routes: impl IntoIterator<Item = Route>) -> Self {
        Self(routes.into_iter().collect())
    }

    /// Answers a request whose signature is valid.
    pub(crate) fn answer(
        &self,
        store: &mut Store,
        counters: &mut Counters,
        request: &WireRequest,
        directions: Directions,
    ) -> Reply {
        let Some(path) = request.path.strip_prefix(BASE) else {
            return Reply::not_found();
        };
        let candidates = self.most_specific(path);
        let Some(route) = candidates
            .iter()
            .find(|route| route.method == request.method)
        else {
            return refuse_method(&candidates);
        };
        let parameters = route.parameters(path);
        let mut call = ApiCall::new(store, counters, request, directions, parameters);
        (route.handler)(&mut call).unwrap_or_else(|refusal| Reply::json(200, refusal.to_json()))
    }

    /// Returns the routes that match with the most fixed segments, so that a fixed name takes
    /// precedence over a parameter.
    fn most_specific(&self, path: &str) -> Vec<Route> {
        let matching = || self.0.iter().filter(|route| route.matches(path));
        let most = matching().map(Route::fixed_segments).max();
        matching()
            .filter(|route| Some(route.fixed_segments()) == most)
            .copied()
            .collect()
    }
}

// === impl Route ===

impl Route {
    fn matches(&self, path: &str) -> bool {
        self.path.split('/').count() == path.split('/').count()
            && self
                .segments(path)
                .all(|(pattern, segment)| parameter(pattern).is_some() || pattern == segment)
    }

    fn parameters<'a>(&self, path: &'a str) -> Vec<(&'static str, &'a str)> {
        self.segments(path)
            .filter_map(|(pattern, segment)| Some((parameter(pattern)?, segment)))
            .collect()
    }

    fn segments<'a>(&self, path: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.path.split('/').zip(path.split('/'))
    }

    fn fixed_segments(&self) -> usize {
        self.path
            .split('/')
            .filter(|pattern| parameter(pattern).is_none())
            .count()
    }
}

/// Returns the name of the parameter that a segment of a route stands for.
fn parameter(pattern: &str) -> Option<&str> {
    pattern.strip_prefix('{')?.strip_suffix('}')
}

/// 405 with the methods of `routes`, or 404 if there are no routes.
fn refuse_method(routes: &[Route]) -> Reply {
    if routes.is_empty() {
        return Reply::not_found();
    }
    let mut methods: Vec<&str> = routes.iter().map(|route| route.method).collect();
    methods.sort_unstable();
    Reply::method_not_allowed(&methods.join(", "))
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;

    use super::*;

    fn route(method: &'static str, path: &'static str, handler: Handler) -> Route {
        Route {
            method,
            path,
            handler,
        }
    }

    fn answer(method: &str, path: &str) -> Reply {
        let router = Router::new([
            route("GET", "v1/{vdnId}/{name}", |call| {
                Ok(Reply::json(200, call.path_text("name")?))
            }),
            route("GET", "v1/{vdnId}/list", |_| Ok(Reply::json(200, "list"))),
            route("POST", "v1/{vdnId}/list", |_| Ok(Reply::json(200, "added"))),
        ]);
        let request = WireRequest {
            method: method.to_owned(),
            path: path.to_owned(),
            query: None,
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
        router.answer(
            &mut Store::default(),
            &mut Counters::default(),
            &request,
            Directions::default(),
        )
    }

    #[test]
    fn fixed_segments_take_precedence_over_parameters() {
        assert_eq!(answer("GET", "/rest/isales/v1/25/list").body, b"list");
        assert_eq!(answer("POST", "/rest/isales/v1/25/list").body, b"added");
        assert_eq!(answer("GET", "/rest/isales/v1/25/other").body, b"other");
    }

    #[test]
    fn unknown_paths_are_404_and_other_methods_405() {
        for path in [
            "/",
            "/rest/isales/v1",
            "/rest/isales/v1/25/list/1",
            "/v1/25/list",
        ] {
            assert_eq!(answer("GET", path).status, 404, "{path}");
        }
        let reply = answer("PUT", "/rest/isales/v1/25/list");
        assert_eq!(reply.status, 405);
        assert!(
            reply
                .headers
                .contains(&("allow".to_owned(), "GET, POST".to_owned()))
        );
        assert_eq!(answer("POST", "/rest/isales/v1/25/other").status, 405);
    }
}
