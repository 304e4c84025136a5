//! Business results of a VDN: the outcomes of a call for the business.

mod calls;
mod model;

pub(crate) use self::calls::OPERATIONS;
pub use self::model::{BusinessResult, ChildResult};
