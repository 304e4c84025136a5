//! What is written for people: pages, examples and modules, checked with a real Terraform.
//!
//! They need Terraform or OpenTofu, in `PATH` or in `TERRAFORM_BINARY`; the tests of shared state also need PostgreSQL's programs.

#![allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and is nobody's library"
)]

mod database;
mod markdown;
mod mirror;
mod repository;
mod root_modules;

mod campaign;
mod environments;
mod functions;
mod hcl;
mod install;
mod links;
mod messages;
mod network_mirror;
mod with_huaweicloud;
