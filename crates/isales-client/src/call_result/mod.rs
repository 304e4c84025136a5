//! Definitions of outbound call results, which define the codes of `noRetryPolicy`.

mod body;
mod calls;
mod model;
mod parameter;
mod reply;

pub(crate) use self::calls::OPERATIONS;
pub use self::{
    calls::CallResultLookup,
    model::{CallResult, CallResultDefinition, CallResultRef, DefId},
};
