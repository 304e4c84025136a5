//! Number types: the names for `dataType`.

mod list;
mod model;

use axum::Router;
pub(crate) use model::NumberTypes;

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[Route {
        method: "GET",
        path: "v1/openapi/campaigns/{vdnId}/callNoType/query",
        handler: list::list,
    }],
    admin: Router::new,
    saved: None,
    recorded: &[],
    imitate: None,
};
