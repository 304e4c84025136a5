//! Requests and replies, whatever they are about: limits, signature, attempts, the envelope.

pub(crate) mod backoff;
pub(crate) mod body;
pub(crate) mod envelope;
pub(crate) mod exchange;
pub(crate) mod failure;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
pub(crate) mod json_object;
pub(crate) mod limit;
pub(crate) mod pages;
pub(crate) mod redact;
pub(crate) mod retry;
pub(crate) mod shared;
pub(crate) mod skew;
pub(crate) mod transport;

pub(crate) use self::shared::ClientInner;
pub use self::{backoff::Backoff, pages::Pages};
