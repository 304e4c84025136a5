//! Campaigns: list and detail, pause and resume.

mod admin;
mod detail;
mod generate;
mod list;
mod model;
mod recorded;
mod saved;
mod status;
mod switch;

pub(crate) use generate::populate;
pub(crate) use model::{Campaign, Campaigns, add, find, find_mut, remove, rename, set_status};
pub use status::CampaignStatus;

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[
        Route {
            method: "GET",
            path: "v1/openapi/campaigns/{vdnId}",
            handler: list::list,
        },
        Route {
            method: "GET",
            path: "v1/openapi/campaigns/{vdnId}/{campaignId}",
            handler: detail::detail,
        },
        Route {
            method: "PUT",
            path: "v1/openapi/campaigns/{vdnId}/{campaignId}/pause",
            handler: switch::pause,
        },
        Route {
            method: "PUT",
            path: "v1/openapi/campaigns/{vdnId}/{campaignId}/resume",
            handler: switch::resume,
        },
    ],
    admin: admin::routes,
    saved: Some(saved::SAVED),
    recorded: recorded::RECORDED,
    imitate: None,
};
