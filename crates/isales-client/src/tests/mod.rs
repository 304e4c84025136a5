//! Whole calls, against a scripted server in the test.

mod call_batch;
mod call_result;
mod campaign_switch;
mod cancel;
mod creates;
mod lists;
mod observer;
mod once;
mod probe;
mod proxy;
mod retry;
mod server;
mod special_date;
mod tls;
mod wire;
mod writes;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio_util::sync::CancellationToken;

use crate::{
    CallContext, CampaignRef, Error, RetryPolicy,
    client::Client,
    clock::Clock,
    config::*,
    error::TransportKind,
    retry_policy::{PolicyLookup, StoredPolicy, examples::policies},
};

const SUCCESS: &str =
    r#"{"resultCode":"0200000","resultDesc":"","returnCode":"0200000","returnDesc":""}"#;

/// A clock that starts at 2025-01-02T03:04:05Z and advances by a second with each reading.
#[derive(Debug, Default)]
struct TickingClock(AtomicU64);

impl Clock for TickingClock {
    fn now(&self) -> SystemTime {
        let ticks = self.0.fetch_add(1, Ordering::Relaxed);
        UNIX_EPOCH + Duration::from_secs(1_735_787_045 + ticks)
    }
}

fn config(endpoint: &str) -> ClientConfig {
    let credentials = Credentials::new("EXAMPLEAK", "EXAMPLESK").unwrap();
    let mut config = ClientConfig::new(endpoint.parse().unwrap(), credentials);
    config.server_trust = ServerTrust::Anyone;
    config.backoff.cap = Duration::ZERO;
    config.cancel_grace = Duration::from_millis(20);
    config
}

fn client(config: ClientConfig) -> Client {
    Client::with(
        config,
        Arc::new(TickingClock::default()),
        fastrand::Rng::with_seed(1),
    )
    .unwrap()
}

fn campaign() -> CampaignRef {
    "25/46".parse().unwrap()
}

fn policy() -> RetryPolicy {
    let [policy, ..] = policies();
    policy
}

async fn query(client: &Client) -> Result<PolicyLookup, Error> {
    let cancel = CancellationToken::new();
    client.query_retry_policy(campaign(), &cancel).await
}

async fn set(client: &Client) -> Result<(), Error> {
    let cancel = CancellationToken::new();
    client
        .set_retry_policy(campaign(), &policy(), &cancel)
        .await
}

fn transport_kind(error: &Error) -> &TransportKind {
    match error.cause() {
        Error::Transport(error) => &error.kind,
        other => panic!("{other:?}"),
    }
}
