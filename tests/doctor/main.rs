//! `terraform-provider-isales doctor`, run as a process against servers on this machine.

#![allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and is nobody's library"
)]

mod command;
mod rows;

mod circle;
mod output;
mod report;
mod settings;
mod table;
#[cfg(unix)]
mod trial;
