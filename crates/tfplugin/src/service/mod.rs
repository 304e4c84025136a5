//! The protocol's service: decodes each call, finds its handler, encodes the answer.

mod action;
mod calls;
mod config;
mod data_source;
mod function;
mod incoming;
mod instance;
mod list_resource;
mod offer;
mod resource;
mod rpc;
mod server;
#[cfg(test)]
mod tests;

pub use self::server::Service;
