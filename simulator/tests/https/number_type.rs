//! Listing number types.

use crate::client::{rows, start};

const TARGET: &str = "/rest/isales/v1/openapi/campaigns/25/callNoType/query";

#[tokio::test]
async fn number_types_are_listed() {
    let (_simulator, client) = start();
    let reply = client.get_json(TARGET).await;
    assert!(rows(&reply).contains(&"ST".into()));
}

#[tokio::test]
async fn unknown_parameters_are_refused() {
    let (_simulator, client) = start();
    let reply = client.get_json(&format!("{TARGET}?pageSize=1")).await;
    assert_eq!(reply["resultCode"], "0200001");
}
