//! Call batches of a campaign: list, create, rename, pause, resume and delete.

mod body;
mod calls;
mod codes;
mod id;
mod list;
mod model;
mod parameter;
mod switch;

pub(crate) use self::calls::OPERATIONS;
pub use self::{
    id::{CallBatchId, CallBatchRef},
    model::{CallBatch, CallBatchFilter, CallBatchStatus, NewCallBatch, WantedStatus},
};
