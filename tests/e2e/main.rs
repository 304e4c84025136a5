//! Drives the built provider through a real Terraform against the simulator.
//!
//! Each test has a server and a workspace of its own. They need Terraform or OpenTofu, in `PATH` or in
//! `TERRAFORM_BINARY`.

#![allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and is nobody's library"
)]

mod adoption;
mod api_errors;
mod api_examples;
mod call_batch;
mod call_batch_actions;
mod call_result;
mod campaign_actions;
mod clock;
mod compatibility;
mod conflict;
mod data_sources;
mod destroy;
mod drift;
mod earlier_states;
mod edge_values;
mod functions;
mod import;
mod interrupt;
mod kept_otherwise;
mod lag;
mod lifecycle;
mod network;
mod obs_result_code;
mod order;
mod over_tcp;
mod owners;
mod provider_configuration;
mod query;
mod query_shapes;
mod reattached;
mod repair;
mod same_campaign;
mod scale;
mod schema;
mod secrets;
mod special_date;
mod start;
mod timeouts;
mod unknown;
mod validation;
