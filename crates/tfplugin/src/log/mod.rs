//! The log: hclog's JSON lines on standard error, which the host passes on to its own log.
//!
//! Only lines of the provider's own crates are written. HTTP and TLS libraries could log a header or
//! a key.

mod call;
mod level;
mod line;
mod logger;
mod panic_hook;
mod settings;
mod sink;

pub(crate) use self::call::{CallContext, LoggedObject};
pub use self::{
    call::in_current_call, level::level_filter, logger::install, settings::Settings, sink::Clock,
};
