//! Special dates of a campaign, which older pages call holidays: list, add, modify, delete.

mod add;
mod admin;
mod delete;
mod generate;
mod list;
mod model;
mod modify;
mod saved;
mod stored;
mod validate;

pub(crate) use generate::populate;
pub use model::SpecialDate;
pub(crate) use stored::{add, all, remove, set};

use crate::{api::Route, object::Object};

const DATES: &str = "v1/openapi/campaigns/{vdnId}/holiday/{campaignId}";

pub(crate) const OBJECT: Object = Object {
    routes: &[
        Route {
            method: "GET",
            path: DATES,
            handler: list::list,
        },
        Route {
            method: "POST",
            path: DATES,
            handler: add::add,
        },
        Route {
            method: "PUT",
            path: DATES,
            handler: modify::modify,
        },
        Route {
            method: "DELETE",
            path: DATES,
            handler: delete::delete_all,
        },
        Route {
            method: "DELETE",
            path: "v1/openapi/campaigns/{vdnId}/holiday/{campaignId}/{holidayId}",
            handler: delete::delete,
        },
    ],
    admin: admin::routes,
    saved: Some(saved::SAVED),
    recorded: &[],
    imitate: None,
};
