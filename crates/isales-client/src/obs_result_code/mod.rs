//! OBS result codes: the technical outcomes of a call, which call results group.

mod calls;
mod model;

pub(crate) use self::calls::OPERATIONS;
pub use self::model::ObsResultCode;
