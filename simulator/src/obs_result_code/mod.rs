//! OBS result codes: the technical outcomes of a call, which call results group.

mod list;
mod model;

use axum::Router;
pub(crate) use model::ObsResultCodes;

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[Route {
        method: "GET",
        path: "v1/openapi/campaigns/{vdnId}/queryOBSResultCode",
        handler: list::list,
    }],
    admin: Router::new,
    saved: None,
    recorded: &[],
    imitate: None,
};
