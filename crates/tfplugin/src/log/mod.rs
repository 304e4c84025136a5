//! The log: hclog's JSON lines on standard error, which the host passes on to its own log.
//!
//! Only lines of the provider's own crates are written. HTTP and TLS libraries could log a header or
//! a key.

mod level;
mod line;
mod logger;
mod panic_hook;
mod sink;

pub use self::{level::level_filter, logger::install, sink::Clock};
