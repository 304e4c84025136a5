//! Consistency of policies when the server, the network or the provider's own process fails.
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

mod every_kind;
#[cfg(target_os = "linux")]
mod killed;
mod limits;
mod remembered;
mod replies;
mod secrets;
mod soak;
mod state;
mod switches;
mod trust;
mod walks;
