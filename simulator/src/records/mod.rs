//! Records of the server: requests, without secrets, and counters.

mod counters;
mod request;

pub use counters::Counters;
pub(crate) use counters::Traffic;
pub use request::{RecordedRequest, SentSignature};
