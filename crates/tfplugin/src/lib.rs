//! Write Terraform providers in Rust.
//!
//! The crate speaks plugin protocol 6 with Terraform. The author of a provider implements traits with
//! typed models; decoding, validation by schema, planning, timeouts, cancellation and TLS are the
//! crate's work.
//!
//! # The smallest provider
//!
//! This is a whole provider, with one resource. Build it as `terraform-provider-example`.
//!
//! ```no_run
#![doc = include_str!("../examples/smallest.rs")]
//! ```
//!
//! # Where to go from here
//!
//! | To offer | implement | and list it by |
//! |---|---|---|
//! | a provider | [`provider::Provider`] | [`service::Service::new`] |
//! | a resource | [`resource::Resource`] | [`registry::ResourceHandle::new`] |
//! | … with an identity | [`resource::ResourceWithIdentity`] | [`with_identity`](registry::ResourceBuilder::with_identity) |
//! | … with import by ID | [`resource::ResourceWithImport`] | [`with_import`](registry::ResourceBuilder::with_import) |
//! | … with `moved` from other types | [`resource::ResourceWithMove`] | [`with_move`](registry::ResourceBuilder::with_move) |
//! | … with older schema versions | [`resource::ResourceWithUpgrade`] | [`with_upgrade`](registry::ResourceBuilder::with_upgrade) |
//! | … with timeouts | [`timeouts::attribute`] in the schema | |
//! | … with private state | `Resource<P>` instead of `Resource` | |
//! | a data source | [`data_source::DataSource`] | [`registry::DataSourceHandle::new`] |
//! | a list resource | [`list_resource::ListResource`] | [`registry::ListResourceHandle::new`] |
//! | an action | [`action::Action`] | [`registry::ActionHandle::new`] |
//! | … with a timeout | [`timeouts::invoke_attribute`] in the schema | |
//! | a function | [`function::Function`] | [`registry::FunctionHandle::new`] |
//!
//! [`model!`] declares the structs that handlers read and write. [`call::Call`] is the context of a
//! handler: the provider's data, cancellation, warnings, and memory that lasts as long as the
//! configuration. [`lint::lint`] finds mistakes in schemas and models, and belongs in a test of every
//! provider.
//!
//! # Features
//!
//! `fuzzing` exports the entry points of the crate's fuzz targets. It is not part of the public
//! interface.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod action;
pub mod call;
pub mod codec;
mod connection;
pub mod data_source;
pub mod diagnostics;
pub mod duration;
mod erased;
pub mod function;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod identity;
pub mod lint;
pub mod list_resource;
pub mod log;
pub mod model;
pub mod path;
mod plan;
pub mod prelude;
mod private;
pub mod proto;
pub mod provider;
pub mod registry;
pub mod resource;
pub mod schema;
pub mod serve;
pub mod service;
mod session;
mod stored_state;
mod terminal;
pub mod timeouts;
pub mod value;
