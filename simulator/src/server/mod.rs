//! The HTTPS server: its listener, its certificate and the handling of a request.

mod certificate;
mod command;
mod latency;
mod listener;
mod service;

pub use certificate::LeafCertificate;
pub(crate) use certificate::ServerIdentity;
pub(crate) use command::Command;
pub use latency::Latency;
pub(crate) use listener::serve;
pub(crate) use service::{Service, State};
