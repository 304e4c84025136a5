//! Listing call results.

use std::collections::BTreeSet;

use isales_simulator::Simulator;

use crate::client::{rows, start, start_with};

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25/queryOBSResults";

#[tokio::test]
async fn each_call_result_is_on_one_page() {
    let builder = Simulator::builder().campaign(25, 46).data_set(1, 10);
    let (_simulator, client) = start_with(builder);
    let mut codes = BTreeSet::new();
    for page in 1..=3 {
        let target = format!("{BASE}?pageSize=50&pageNum={page}");
        let reply = client.get_json(&target).await;
        assert_eq!(reply["totalCount"], 130);
        for row in rows(&reply) {
            assert!(row["displayResult"].is_string() && row["defId"].is_string());
            codes.insert(row["resultCode"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(codes.len(), 130);
    assert!(codes.contains("OB99999") && codes.iter().all(|code| code.len() < 8));
}

#[tokio::test]
async fn wrong_parameters_are_refused() {
    let (_simulator, client) = start();
    for (query, code) in [
        ("?pageSize=51&pageNum=1", "02000007"),
        ("?pageSize=0&pageNum=1", "02000007"),
        ("?pageSize=50&pageNum=0", "02000007"),
        ("?pageNum=1", "02000001"),
    ] {
        let reply = client.get_json(&format!("{BASE}{query}")).await;
        assert_eq!(reply["resultCode"], code, "{query}");
    }
}
