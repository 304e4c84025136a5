//! Listing campaigns and querying one.

use std::collections::BTreeSet;

use isales_simulator::{Simulator, SimulatorBuilder};

use crate::client::{rows, start, start_with};

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
