//! Requests and replies of any operation: limits, signature, attempts, the envelope.

mod body;
mod budget;
mod client_inner;
mod create;
mod envelope;
mod exchange;
mod json_body;
mod json_object;
mod limit;
mod name_locks;
mod pages;
mod redact;
mod reply;
mod request;
mod retry;
mod retry_after;
mod settle;
mod skew;
mod transport;
mod unique_name;

pub(crate) use self::{
    client_inner::ClientInner,
    create::{Creation, create_and_settle},
    envelope::{Envelope, ReplyReader},
    json_body::JsonBody,
    json_object::{JsonObject, list},
    pages::{Listed, PageParameters, Paging},
    request::ApiRequest,
    retry::Attempts,
    settle::{ReadEffect, WriteState, write_and_settle},
    transport::tls_failure,
    unique_name::{NamedObject, create_named},
};
pub use self::{create::CreateError, pages::Pages, unique_name::Created};
#[cfg(feature = "fuzzing")]
pub(crate) use self::{
    reply::{Reply, ReplyBody},
    retry_after::parse_retry_after,
    skew::moved,
};
