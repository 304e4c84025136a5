//! Listing campaigns and querying one.

use std::collections::BTreeSet;

use isales_simulator::{CampaignStatus, Simulator, SimulatorBuilder};
use reqwest::Method;

use crate::client::{Client, rows, start, start_with};

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25";
/// The list of campaigns with its required parameters.
const ALL: &str = "/rest/isales/v1/openapi/campaigns/25?status=0&deviceType=0";

fn generated() -> SimulatorBuilder {
    Simulator::builder().campaign(25, 46).data_set(1, 5000)
}

#[tokio::test]
async fn each_campaign_is_on_one_page() {
    let (simulator, client) = start_with(generated());
    let mut ids = BTreeSet::new();
    for page in 1..=51 {
        let target = format!("{ALL}&curPage={page}&rowsPerPage=100");
        let reply = client.get_json(&target).await;
        assert_eq!(
            (&reply["totalSize"], &reply["curPage"]),
            (&5001.into(), &page.into())
        );
        for row in rows(&reply) {
            assert!(ids.insert(row["id"].as_i64().unwrap()));
        }
    }
    assert_eq!(ids.len(), 5001);
    let past_the_end = client
        .get_json(&format!("{ALL}&curPage=52&rowsPerPage=100"))
        .await;
    assert!(rows(&past_the_end).is_empty());
    assert_eq!(
        rows(&client.get_json(&format!("{ALL}&curPage=-3")).await).len(),
        10
    );
    assert!(simulator.policies().len() > 2000);
}

#[tokio::test]
async fn campaigns_are_filtered() {
    let (_simulator, client) = start_with(generated());
    let reply = client
        .get_json(&format!("{ALL}&name=campaign-46&rowsPerPage=100"))
        .await;
    assert_eq!(rows(&reply).len(), 1);
    let target = format!(
        "{BASE}?name=Survey&status=3&deviceType=3&beginTime=2024-01-01%2000%3A00%3A00&\
         endTime=2026-01-01+00%3A00%3A00&rowsPerPage=100"
    );
    let reply = client.get_json(&target).await;
    assert!(!rows(&reply).is_empty());
    assert_eq!(reply["curIvrCount"], reply["totalSize"]);
    for row in rows(&reply) {
        assert!(row["name"].as_str().unwrap().contains("Survey"));
        assert_eq!((&row["status"], &row["deviceType"]), (&3.into(), &3.into()));
        assert!(row["strBeginTime"].as_str().unwrap() >= "2024-01-01 00:00:00");
        assert!(row["strEndTime"].as_str().unwrap() <= "2026-01-01 00:00:00");
    }
}

#[tokio::test]
async fn wrong_parameters_are_refused() {
    let (_simulator, client) = start();
    for (target, code) in [
        ("?status=0&deviceType=0&rowsPerPage=101", "02000007"),
        ("?status=0&deviceType=0&rowsPerPage=0", "02000007"),
        ("?status=0&deviceType=0&rowsPerPage=ten", "02000006"),
        ("?status=1&deviceType=0", "02000007"),
        ("?status=0&deviceType=4", "02000007"),
        ("", "02000001"),
        ("?status=0", "02000001"),
        ("?deviceType=0", "02000001"),
        ("?status=&deviceType=0", "02000001"),
        (
            "?status=0&deviceType=0&name=abcdefghijklmnopqrstuvwxyzabcde",
            "02000003",
        ),
        ("?status=0&deviceType=0&beginTime=2024-01-01", "02000007"),
        ("?page=1", "0200001"),
        ("/999999", "0200007"),
    ] {
        let reply = client.get_json(&format!("{BASE}{target}")).await;
        assert_eq!(reply["resultCode"], code, "{target}");
    }
    let reply = client
        .get_json("/rest/isales/v1/openapi/campaigns/77")
        .await;
    assert_eq!(reply["resultCode"], "0200001");
}

#[tokio::test]
async fn one_campaign_is_queried() {
    let (_simulator, client) = start();
    let reply = client.get_json(&format!("{BASE}/46")).await;
    assert_eq!(reply["returnObject"]["name"], "campaign-46");
}

/// Sends a PUT without a body, and returns the whole reply.
async fn put(client: &Client, target: &str) -> String {
    let request = client.signed(Method::PUT, &format!("{BASE}{target}"), "");
    let reply = request.send().await.unwrap();
    assert_eq!(reply.status(), 200);
    reply.text().await.unwrap()
}

async fn status(client: &Client) -> serde_json::Value {
    let reply = client.get_json(&format!("{BASE}/46")).await;
    reply["returnObject"]["status"].clone()
}

#[tokio::test]
async fn a_running_campaign_is_paused_and_resumed() {
    let (simulator, client) = start();
    let success =
        r#"{"resultCode":"0200000","resultDesc":"","returnCode":"0200000","returnDesc":""}"#;
    assert_eq!(status(&client).await, 2);
    assert_eq!(put(&client, "/46/pause").await, success);
    assert_eq!(status(&client).await, 3);
    assert!(put(&client, "/46/pause").await.contains("0200011"));
    assert_eq!(put(&client, "/46/resume").await, success);
    assert_eq!(status(&client).await, 2);
    assert!(put(&client, "/46/resume").await.contains("0200011"));
    let now = simulator.campaign_status(25, 46);
    assert_eq!(now, Some(CampaignStatus::Running));
}

#[tokio::test]
async fn only_a_running_campaign_is_paused_and_only_a_suspended_one_resumed() {
    let (simulator, client) = start();
    for (campaign, number) in [
        (CampaignStatus::NotBegun, 2),
        (CampaignStatus::Finished, 2),
        (CampaignStatus::Expired, 4),
    ] {
        assert!(simulator.set_campaign_status(25, 46, campaign));
        for verb in ["pause", "resume"] {
            let reply = put(&client, &format!("/46/{verb}")).await;
            assert!(reply.contains("0200011"), "{campaign:?}: {reply}");
        }
        assert_eq!(status(&client).await, number);
    }
    for verb in ["pause", "resume"] {
        let reply = put(&client, &format!("/999999/{verb}")).await;
        assert!(reply.contains("0200007"), "{reply}");
        let body = client.signed(Method::PUT, &format!("{BASE}/46/{verb}"), "{}");
        let reply = body.send().await.unwrap().text().await.unwrap();
        assert!(reply.contains("0200001"), "{reply}");
    }
}

#[tokio::test]
async fn a_paused_campaign_stays_paused_over_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        let builder = Simulator::builder().campaigns(25, [46, 47]);
        start_with(builder.state_file(directory.path().join("state.json")))
    };
    let (simulator, client) = start();
    put(&client, "/46/pause").await;
    simulator.stop().await;
    let (simulator, client) = start();
    assert_eq!(status(&client).await, 3);
    let other = simulator.campaign_status(25, 47);
    assert_eq!(other, Some(CampaignStatus::Running));
}
