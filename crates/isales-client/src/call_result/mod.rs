//! Definitions of outbound call results, which define the codes of `noRetryPolicy`.

mod calls;
mod model;

pub(crate) use self::calls::OPERATIONS;
pub use self::model::CallResult;
