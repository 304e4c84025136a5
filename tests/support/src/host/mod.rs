//! A host for tests: starts the provider as Terraform does and talks to it over the same transport.
//!
//! ```no_run
//! use test_support::host::Launch;
//! use tfplugin::proto::tfplugin6::get_provider_schema::Request;
//!
//! # async fn example() -> Result<(), tonic::Status> {
//! let plugin = Launch::hosted().env("TF_LOG", "TRACE").start().await;
//! let schema = plugin.provider().await.get_provider_schema(Request::default()).await?;
//! let ended = plugin.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! A plugin that is dropped is killed. Everything that waits gives up after [`PATIENCE`].

mod connect;
mod identity;
mod launch;
mod plugin;

use std::{future::Future, time::Duration};

pub use self::{
    connect::{Client, ConnectError, Transport},
    identity::Identity,
    launch::{Exit, Launch},
    plugin::{Address, Ended, Plugin},
};

/// Longer than anything takes on the slowest machine. It bounds hangs; it measures nothing.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until a condition holds that no event reports.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    patiently(what, async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

/// Waits for `what`, or fails the test saying so.
pub async fn patiently<T>(what: &str, future: impl Future<Output = T>) -> T {
    within(PATIENCE, what, future).await
}

/// The same for what may itself wait, and so takes longer than [`PATIENCE`].
pub async fn within<T>(limit: Duration, what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(limit, future).await {
        Ok(value) => value,
        Err(_) => panic!("waited in vain for {what}"),
    }
}
