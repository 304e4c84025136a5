//! The plugin layer: Terraform's side of the provider. It knows nothing of iSales.
//!
//! An author implements [`provider::Provider`] and [`resource::Resource`] with types of their own
//! ([`model!`](crate::model!)); [`service::Service`] speaks the protocol for them.

#![forbid(unsafe_code)]

pub mod call;
pub mod codec;
mod connection;
pub mod data_source;
pub mod diagnostics;
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
pub mod proto;
pub mod provider;
pub mod resource;
pub mod schema;
pub mod serve;
pub mod service;
mod stored_state;
pub mod timeouts;
pub mod value;
