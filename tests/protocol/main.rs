//! Drives the built provider over gRPC as Terraform does, without Terraform.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod host;

mod access;
mod calls;
mod debug_mode;
mod end;
mod handshake;
mod log_lines;
mod managed_resource;
mod offer;
mod services;
mod stopping;
mod target;
mod timeouts;
mod values;
