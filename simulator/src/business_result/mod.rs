//! Business results: the outcomes of a call for the business, with one level of children.

mod list;
mod model;

use axum::Router;
pub(crate) use model::{BusinessResults, populate};

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[Route {
        method: "GET",
        path: "v1/openapi/campaigns/{vdnId}/queryBusinessResults",
        handler: list::list,
    }],
    admin: Router::new,
    saved: None,
    recorded: &[],
    imitate: None,
};
