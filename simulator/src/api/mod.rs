//! The parts of the HTTP API that all objects share: routing, parameters, result codes and the
//! reply envelope.

mod body;
mod call;
mod directions;
mod envelope;
mod fields;
mod parameters;
mod refusal;
mod result_code;
mod router;

pub(crate) use body::parse_body;
pub(crate) use call::ApiCall;
pub(crate) use directions::Directions;
pub(crate) use envelope::{
    envelope, short_success_with, success, success_around, success_with, worded_success,
};
pub(crate) use fields::{Fields, text};
pub(crate) use parameters::{QueryParameters, empty, page, unknown, wrong_type, wrong_value};
pub(crate) use refusal::Refusal;
pub use result_code::ResultCode;
pub(crate) use router::{Route, Router};
