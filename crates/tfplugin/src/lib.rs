//! The plugin layer.

#![forbid(unsafe_code)]

pub mod call;
pub mod codec;
mod connection;
pub mod data_source;
pub mod diagnostics;
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
pub mod timeouts;
pub mod value;
