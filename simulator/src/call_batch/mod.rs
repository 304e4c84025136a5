//! Call batches of a campaign: create, update, pause, resume, delete and list.

mod admin;
mod allowed;
mod create;
mod delete;
mod list;
mod model;
mod pause;
mod resume;
mod saved;
mod stored;
mod update;

pub(crate) use self::stored::{Limit, add, all, change, remove};
pub use self::{
    model::KeptCallBatch,
    stored::{CallBatchChange, CallBatchLimit},
};

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/callbatch/{campaignId}/create",
            handler: create::create,
        },
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/callbatch/{campaignId}/update",
            handler: update::update,
        },
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/callbatch/{campaignId}/pause",
            handler: pause::pause,
        },
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/callbatch/{campaignId}/resume",
            handler: resume::resume,
        },
        Route {
            method: "POST",
            path: "v1/openapi/campaigns/{vdnId}/callbatch/{campaignId}/delete",
            handler: delete::delete,
        },
        Route {
            method: "GET",
            path: "v1/openapi/campaigns/{vdnId}/callbatch/{campaignId}/list",
            handler: list::list,
        },
    ],
    admin: admin::routes,
    saved: Some(saved::SAVED),
    recorded: &[],
    imitate: None,
};
