//! Call results: the outcomes of a call, whose codes `noRetryPolicy` lists.

mod admin;
mod behavior;
mod create;
mod delete;
mod detail;
mod list;
mod model;
mod parameters;
mod recorded;
mod saved;
mod stored;
mod update;

pub(crate) use behavior::Behavior;
pub use behavior::MissingCallResult;
pub use model::CallResult;
pub(crate) use model::{CallResults, NewCallResult, populate};
pub(crate) use stored::{add, all, change, remove};

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[
        Route {
            method: "GET",
            path: "v1/openapi/campaigns/{vdnId}/queryOBSResults",
            handler: list::list,
        },
        Route {
            method: "GET",
            path: "v1/openapi/campaigns/{vdnId}/{defId}/queryObsResultDetail",
            handler: detail::detail,
        },
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/createObResult",
            handler: create::create,
        },
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/updateObResult",
            handler: update::update,
        },
        Route {
            method: "DELETE",
            path: "v1/openapi/campaigns/{vdnId}/{defId}/deleteObsResult",
            handler: delete::delete,
        },
    ],
    admin: admin::routes,
    saved: Some(saved::SAVED),
    recorded: recorded::RECORDED,
    imitate: None,
};
