//! The neighbouring read interfaces over HTTPS.

use std::collections::BTreeSet;

use crate::client::{AK, Client, SK};
use isales_simulator::Simulator;
use serde_json::Value;

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25";
/// The list of campaigns with the parameters that it must have.
const ALL: &str = "/rest/isales/v1/openapi/campaigns/25?status=0&deviceType=0";

fn start() -> (Simulator, Client) {
    let builder = Simulator::builder()
        .credentials(AK, SK)
        .campaign(25, 46)
        .data_set(1, 5000);
    let simulator = builder.start_blocking().unwrap();
    let client = Client::new(&simulator);
    (simulator, client)
}

fn rows(reply: &Value) -> &Vec<Value> {
    reply["data"].as_array().unwrap()
}

#[tokio::test]
async fn the_pages_of_campaigns_hold_each_once() {
    let (simulator, client) = start();
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
    let (_simulator, client) = start();
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
async fn limits_and_wrong_parameters() {
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
        ("/queryOBSResults?pageSize=51&pageNum=1", "02000007"),
        ("/queryOBSResults?pageSize=0&pageNum=1", "02000007"),
        ("/queryOBSResults?pageSize=50&pageNum=0", "02000007"),
        ("/queryOBSResults?pageNum=1", "02000001"),
        ("/callNoType/query?pageSize=1", "0200001"),
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
async fn one_campaign_call_results_and_number_types() {
    let (_simulator, client) = start();
    let reply = client.get_json(&format!("{BASE}/46")).await;
    assert_eq!(reply["returnObject"]["name"], "campaign-46");
    let mut codes = BTreeSet::new();
    for page in 1..=3 {
        let target = format!("{BASE}/queryOBSResults?pageSize=50&pageNum={page}");
        let reply = client.get_json(&target).await;
        assert_eq!(reply["totalCount"], 130);
        for row in rows(&reply) {
            assert!(row["displayResult"].is_string() && row["defId"].is_string());
            codes.insert(row["resultCode"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(codes.len(), 130);
    assert!(codes.contains("OB99999") && codes.iter().all(|code| code.len() < 8));
    let reply = client.get_json(&format!("{BASE}/callNoType/query")).await;
    assert!(rows(&reply).contains(&"ST".into()));
}
