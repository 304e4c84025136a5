//! Call results: the outcomes of a call, whose codes `noRetryPolicy` lists.

mod list;
mod model;

use axum::Router;
pub(crate) use model::{CallResults, populate};

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[Route {
        method: "GET",
        path: "v1/openapi/campaigns/{vdnId}/queryOBSResults",
        handler: list::list,
    }],
    admin: Router::new,
    saved: None,
};
