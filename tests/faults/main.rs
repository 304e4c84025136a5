//! What becomes of policies when the server, the network or the provider's own process fails.
//!
//! Most tests call the built provider over its protocol; those in which Terraform's state matters
//! run a real Terraform.

#![allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and is nobody's library"
)]

#[allow(dead_code, reason = "shared with the tests of the protocol")]
#[path = "../protocol/calls.rs"]
mod calls;
#[allow(unused_imports, reason = "shared with the tests of the protocol")]
#[path = "../protocol/host/mod.rs"]
mod host;
#[allow(dead_code, reason = "shared with the tests of the protocol")]
#[path = "../protocol/target.rs"]
mod target;
#[allow(dead_code, reason = "shared with the tests of the protocol")]
#[path = "../protocol/values.rs"]
mod values;

#[allow(dead_code, reason = "shared with the end-to-end tests")]
#[path = "../e2e/policies.rs"]
mod policies;
#[allow(dead_code, reason = "shared with the end-to-end tests")]
#[path = "../e2e/server.rs"]
mod server;
#[allow(dead_code, unused_imports, reason = "shared with the end-to-end tests")]
#[path = "../e2e/terraform/mod.rs"]
mod terraform;

#[path = "../support/remains.rs"]
mod remains;

mod report;

mod every_kind;
#[cfg(target_os = "linux")]
mod killed;
mod limits;
mod remembered;
mod replies;
mod secrets;
mod soak;
mod state;
mod trust;
