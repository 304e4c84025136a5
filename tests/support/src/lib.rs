//! Support for the integration tests and the benchmarks.
//!
//! - [`server`] and [`policies`]: a simulated server, and policies for it in HCL.
//! - [`terraform`]: a real Terraform in a workspace of its own; [`remains`] searches its output and
//!   files for secrets.
//! - [`encodings`]: forms in which something secret could be written.
//! - [`file_server`]: files over HTTPS; [`tls_server`] and [`proxy`]: servers that do one thing wrong.
//! - [`figures`]: figures of a test run, for the page about the tests.
//! - [`host`]: starts the provider as Terraform does and talks to it over gRPC. [`target`]
//!   configures it for a simulator; [`calls`], [`actions`] and [`values`] make its requests and read
//!   its replies. [`retry_policy`] and its neighbors have the type, configurations and paths of an
//!   object.
//!
//! The parts that run Terraform need Unix.
//!
//! Helpers panic, and so fail the test, when an expectation does not hold.

#![allow(
    missing_debug_implementations,
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests, which fail by panicking"
)]

pub mod actions;
pub mod call_batch;
pub mod call_result;
pub mod calls;
pub mod encodings;
pub mod figures;
pub mod file_server;
pub mod host;
pub mod policies;
pub mod provider;
pub mod proxy;
#[cfg(unix)]
pub mod remains;
pub mod retry_policy;
pub mod server;
pub mod special_date;
pub mod target;
#[cfg(unix)]
pub mod terraform;
pub mod tls_server;
pub mod values;
