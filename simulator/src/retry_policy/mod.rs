//! Retry policies: set and query (API reference, Tables 3 to 7).

mod admin;
mod generate;
mod keeps;
mod lag;
mod model;
mod query;
mod recorded;
mod reply;
mod saved;
mod set;
mod stored;
mod takes;
mod validate;

pub(crate) use generate::generate;
pub use keeps::Keeps;
pub(crate) use saved::SAVED;
pub(crate) use stored::{Behavior, all, find, remove, set};
pub use stored::{KeptPolicy, SetError};
pub use takes::{TakenCommon, TakenQuotes, Takes};

use crate::{api::Route, object::Object};

pub(crate) const OBJECT: Object = Object {
    routes: &[
        Route {
            method: "POST",
            path: recorded::PATH,
            handler: set::set,
        },
        Route {
            method: "GET",
            path: recorded::PATH,
            handler: query::query,
        },
    ],
    admin: admin::routes,
    saved: Some(SAVED),
    recorded: recorded::RECORDED,
    imitate: Some(recorded::imitate),
};
