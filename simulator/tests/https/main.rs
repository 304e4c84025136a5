//! The simulator as a client meets it, over HTTPS.

#![allow(missing_docs, reason = "tests have names")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail on the spot, outside of the test functions too"
)]

mod admin;
mod client;
mod faults;
mod neighbours;
mod retry_policy;
