//! Requests and replies of any operation: limits, signature, attempts, the envelope.

mod body;
mod budget;
mod client_inner;
mod create;
mod envelope;
mod exchange;
mod json_object;
mod limit;
mod pages;
mod redact;
mod reply;
mod request;
mod retry;
mod retry_after;
mod settle;
mod skew;
mod transport;

pub(crate) use self::{
    client_inner::ClientInner,
    create::{Creation, create_and_settle},
    envelope::{Envelope, ReplyReader},
    json_object::{JsonObject, list},
    pages::Paging,
    request::ApiRequest,
    retry::Attempts,
    settle::{ReadEffect, WriteState, write_and_settle},
};
pub use self::{create::CreateError, pages::Pages};
#[cfg(feature = "fuzzing")]
pub(crate) use self::{
    reply::{Reply, ReplyBody},
    retry_after::parse_retry_after,
    skew::moved,
};
