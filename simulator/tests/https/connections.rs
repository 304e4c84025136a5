//! Disconnecting clients and concurrent requests.

use std::{sync::Arc, time::Duration};

use isales_simulator::{Latency, Simulator};
use reqwest::Method;
use tokio::task::JoinSet;

use crate::client::{COMMON, patiently, policy_target, start, start_with};

#[tokio::test]
async fn a_request_is_handled_even_if_the_client_disconnects() {
    let (simulator, client) = start();
    simulator.set_latency(Latency::before(Duration::from_millis(100)));
    let post = client
        .signed(Method::POST, &policy_target(25, 46), COMMON)
        .send();
    let arrived = patiently("the request", || !simulator.requests().is_empty());
    tokio::select! {
        _ = post => panic!("the reply came first"),
        () = arrived => {}
    }
    patiently("the policy", || simulator.policy(25, 46).is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_concurrent_requests() {
    let (simulator, client) = start_with(Simulator::builder().campaigns(25, 1..=400));
    simulator.set_latency(Latency::before(Duration::from_millis(200)));
    let client = Arc::new(client);
    let mut posts = JoinSet::new();
    for campaign_id in 1..=400 {
        let client = client.clone();
        posts.spawn(async move { client.post(&policy_target(25, campaign_id), COMMON).await });
    }
    for reply in posts.join_all().await {
        assert_eq!(reply["resultCode"], "0200000");
    }
    assert_eq!(simulator.policies().len(), 400);
    let counters = simulator.counters();
    assert_eq!((counters.requests, counters.policies_changed), (400, 400));
    assert!(counters.max_concurrent > 3, "{counters:?}");
}
