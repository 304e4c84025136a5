//! Requests and replies as they are on the wire.

mod encode;
mod reply;
mod request;

pub(crate) use encode::{encoded_json, gzip};
pub(crate) use reply::{Delivery, Outcome, Reply};
pub(crate) use request::WireRequest;
