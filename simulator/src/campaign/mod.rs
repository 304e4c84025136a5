//! Campaigns: list and detail.

mod admin;
mod detail;
mod generate;
mod list;
mod model;

pub(crate) use generate::populate;
pub(crate) use model::{Campaign, Campaigns, add, find, find_mut, remove, rename};

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
    ],
    admin: admin::routes,
    saved: None,
};
