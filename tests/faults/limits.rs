//! How much a server is asked to take.

use std::{sync::Arc, time::Duration};

use isales_simulator::{Latency, Simulator};
use serde_json::{Value as Json, json};
use tokio::{sync::Semaphore, task::JoinSet};

use test_support::{
    figures,
    retry_policy::{apply, config, plan},
    target::Target,
    values::{assert_no_diagnostics, errors},
};

/// Terraform's own parallelism, by default.
const AT_A_TIME: usize = 10;

/// Creates so many policies as Terraform does, each with its three requests: the query of the plan,
/// which serves the create, the POST, and the query that verifies it.
async fn load(policies: i64, latency: Latency, arguments: Json) -> Simulator {
    let simulator = Simulator::builder()
        .campaigns(25, 1..=policies)
        .latency(latency);
    let target = Target::configured(simulator, arguments).await;
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    let mut creates = JoinSet::new();
    for campaign_id in 1..=policies {
        let mut provider = target.provider.clone();
        let places = Arc::clone(&places);
        creates.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let planned = plan(&mut provider, &Json::Null, &config(campaign_id, 1)).await;
            assert_no_diagnostics(&planned.diagnostics);
            let made = apply(&mut provider, &Json::Null, &planned).await;
            assert_eq!(errors(&made.diagnostics), [""; 0]);
        });
    }
    creates.join_all().await;
    let counters = target.simulator.counters();
    assert_eq!(counters.policies_changed, policies.unsigned_abs());
    assert_eq!(counters.requests, 3 * policies.unsigned_abs());
    target.simulator
}

/// The same with `requests_per_second = 20`.
async fn at_twenty_a_second(policies: i64) -> Simulator {
    let arguments = json!({"requests_per_second": 20});
    load(policies, Latency::default(), arguments).await
}

/// How long the requests took together, by the times that the provider signed them with.
fn span(simulator: &Simulator) -> Duration {
    let requests = simulator.requests();
    let signed = requests.iter().map(|request| {
        let timestamp = request.timestamp.as_deref().expect("a signed request");
        humantime::parse_rfc3339(timestamp).expect("a timestamp")
    });
    let (first, last) = (signed.clone().min().unwrap(), signed.max().unwrap());
    last.duration_since(first).unwrap()
}

/// A busy machine delivers in bursts what was sent evenly, so what arrives in one second is counted
/// by `make soak` only; that no second has too many starts is shown by unit tests, on a clock of
/// its own.
#[tokio::test]
async fn requests_take_the_time_that_their_pace_asks_for() {
    let simulator = at_twenty_a_second(40).await;
    // 120 requests, 50 ms apart, and a second for a first one that was late.
    let span = span(&simulator);
    assert!(span > Duration::from_millis(119 * 50 - 1_000), "{span:?}");
}

#[tokio::test]
#[ignore = "takes half a minute, and a machine that does nothing else: make soak"]
async fn two_hundred_policies_are_set_at_twenty_requests_a_second() {
    let counters = at_twenty_a_second(200).await.counters();
    let most = counters.max_per_second;
    assert!(most <= 21, "{most} requests in a second");
    figures::publish(
        "limits",
        &format!(
            "200 policies with `requests_per_second = 20`: {} requests, at most {most} in any \
             second.\n",
            counters.requests
        ),
    );
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_allowed() {
    let simulator = load(
        60,
        Latency::before(Duration::from_millis(5)),
        json!({"max_concurrent_requests": 3}),
    )
    .await;
    let counters = simulator.counters();
    assert_eq!(counters.max_concurrent, 3);
    // One pool: no connection, and so no TLS handshake, per resource.
    assert!(counters.connections <= 6, "{}", counters.connections);
}
