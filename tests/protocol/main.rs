//! Drives the built provider over gRPC as Terraform does, without Terraform.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod access;
mod actions;
mod call_batch;
mod call_batch_actions;
mod call_result;
mod debug_connections;
#[cfg(unix)]
mod debug_mode;
#[cfg(unix)]
mod end;
mod functions;
mod generated_config;
mod handshake;
mod large_requests;
mod leads_to_doctor;
mod listing;
mod log_lines;
mod managed_resource;
#[cfg(target_os = "linux")]
mod memory;
mod moving;
mod offer;
mod over_tcp;
mod replacement;
mod rules;
mod same_campaign;
mod services;
mod several_errors;
mod special_date;
#[cfg(unix)]
mod stopping;
mod timeouts;
mod waits;
