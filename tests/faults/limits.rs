//! How much a server is asked to take.

use std::{num::NonZeroU32, time::Duration};

use isales_simulator::{Counters, Latency, Simulator};
use serde_json::{Value as Json, json};
use tokio::task::JoinSet;

use crate::{
    calls::{apply, config, plan},
    report,
    target::Target,
    values::{errors, nothing_to_tell},
};

/// Creates so many policies at once, each with its three requests, and returns what the server
/// has counted.
async fn load(policies: i64, latency: Latency, arguments: Json) -> Counters {
    let simulator = Simulator::builder()
        .campaigns(25, 1..=policies)
        .latency(latency);
    let target = Target::configured(simulator, arguments).await;
    let mut creates = JoinSet::new();
    for campaign_id in 1..=policies {
        let mut provider = target.provider.clone();
        creates.spawn(async move {
            let planned = plan(&mut provider, &Json::Null, &config(campaign_id, 1)).await;
            nothing_to_tell(&planned.diagnostics);
            let made = apply(&mut provider, &Json::Null, &planned).await;
            assert_eq!(errors(&made.diagnostics), [""; 0]);
        });
    }
    creates.join_all().await;
    let counters = target.simulator.counters();
    assert_eq!(counters.policies_changed, policies.unsigned_abs());
    assert_eq!(counters.requests, 3 * policies.unsigned_abs());
    counters
}

async fn paced(policies: i64, per_second: NonZeroU32) -> Counters {
    let counters = load(
        policies,
        Latency::default(),
        json!({"requests_per_second": per_second.get()}),
    )
    .await;
    let allowed = per_second.get() as usize + 1;
    assert!(
        counters.max_per_second <= allowed,
        "{} requests in a second",
        counters.max_per_second
    );
    counters
}

#[tokio::test]
async fn no_second_has_more_requests_than_allowed() {
    paced(40, NonZeroU32::new(20).unwrap()).await;
}

#[tokio::test]
#[ignore = "takes half a minute: make soak"]
async fn two_hundred_policies_are_set_at_twenty_requests_a_second() {
    let counters = paced(200, NonZeroU32::new(20).unwrap()).await;
    report::publish(
        "limits",
        &format!(
            "200 policies with `requests_per_second = 20`: {} requests, at most {} in any second.\n",
            counters.requests, counters.max_per_second
        ),
    );
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_allowed() {
    let counters = load(
        60,
        Latency::before(Duration::from_millis(5)),
        json!({"max_concurrent_requests": 3}),
    )
    .await;
    assert_eq!(counters.max_concurrent, 3);
    // One pool: no connection, and so no TLS handshake, per resource.
    assert!(counters.connections <= 6, "{}", counters.connections);
}
