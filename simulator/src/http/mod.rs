//! Requests and replies as they are on the wire.

mod reply;
mod request;

pub(crate) use reply::{Delivery, Outcome, Reply};
pub(crate) use request::WireRequest;
