//! Queries that show a POST only some time after it.

use std::time::{Duration, Instant};

use isales_simulator::{Keeps, Simulator};

use crate::client::{COMMON, Client, policy_target, start, start_with};

/// Longer than any test takes.
const FOREVER: Duration = Duration::from_secs(3600);

/// Posts a policy with this number of attempts.
async fn post(client: &Client, campaign_id: i64, retry_times: i64) {
    let body = COMMON.replace("'retryTimes':1", &format!("'retryTimes':{retry_times}"));
    let reply = client.post(&policy_target(25, campaign_id), &body).await;
    assert_eq!(reply["resultCode"], "0200000");
}

/// Returns the number of attempts that a query shows, or `None` if it shows no policy.
async fn shown(client: &Client, campaign_id: i64) -> Option<i64> {
    let reply = client.get_json(&policy_target(25, campaign_id)).await;
    let policy_json = reply["data"]["policyJson"].as_str()?.replace('\'', "\"");
    let elements: serde_json::Value = serde_json::from_str(&policy_json).unwrap();
    elements[0]["retryTimes"].as_i64()
}

#[tokio::test]
async fn queries_of_a_campaign_show_what_was_there_before_its_post() {
    let (simulator, client) = start_with(Simulator::builder().campaigns(25, [46, 47]).lag(FOREVER));
    post(&client, 46, 2).await;
    assert_eq!(shown(&client, 46).await, None);
    assert!(simulator.policy(25, 46).is_some());
    simulator.set_lag(Duration::ZERO);
    assert_eq!(shown(&client, 46).await, Some(2));

    simulator.set_lag(FOREVER);
    simulator
        .set_policy(25, 46, 0, "[{'type':0,'retryTimes':3,'retryDay':1}]")
        .unwrap();
    assert_eq!(shown(&client, 46).await, Some(3), "another tool's change");
    post(&client, 46, 4).await;
    post(&client, 46, 5).await;
    assert_eq!(shown(&client, 46).await, Some(3));
    // The other campaign has a lag of its own.
    assert_eq!(shown(&client, 47).await, None);
    simulator
        .set_policy(25, 47, 0, "[{'type':0,'retryTimes':6,'retryDay':1}]")
        .unwrap();
    assert_eq!(shown(&client, 47).await, Some(6));
    assert_eq!(shown(&client, 46).await, Some(3));
    assert!(simulator.remove_policy(25, 46));
    assert_eq!(shown(&client, 46).await, None);
}

#[tokio::test]
async fn the_lag_ends() {
    const LAG: Duration = Duration::from_millis(200);
    let (simulator, client) = start();
    simulator.set_lag(LAG);
    let before = Instant::now();
    post(&client, 46, 2).await;
    while shown(&client, 46).await.is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(before.elapsed() >= LAG, "{:?}", before.elapsed());
    assert_eq!(shown(&client, 46).await, Some(2));
}

#[tokio::test]
async fn only_a_post_that_stores_something_lags() {
    let (simulator, client) = start();
    post(&client, 46, 2).await;
    simulator.set_lag(FOREVER);
    assert_eq!(shown(&client, 46).await, Some(2), "posted before the lag");
    simulator.set_keeps(Keeps::Nothing);
    post(&client, 46, 3).await;
    simulator.set_keeps(Keeps::AsSent);
    let reply = client.post(&policy_target(25, 46), "{}").await;
    assert_ne!(reply["resultCode"], "0200000");
    assert_eq!(shown(&client, 46).await, Some(2));
    post(&client, 46, 3).await;
    assert_eq!(shown(&client, 46).await, Some(2));
    simulator.set_lag(Duration::ZERO);
    assert_eq!(shown(&client, 46).await, Some(3));
}
