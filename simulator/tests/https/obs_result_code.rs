//! Listing OBS result codes.

use std::collections::BTreeSet;

use crate::client::start;

#[tokio::test]
async fn each_code_of_the_example_is_on_one_page() {
    let (_simulator, client) = start();
    let base = "/rest/isales/v1/openapi/campaigns/25/queryOBSResultCode";
    let mut codes = BTreeSet::new();
    for page in 1..=3 {
        let target = format!("{base}?pageSize=50&pageNum={page}");
        let reply = client.get_json(&target).await;
        assert_eq!(reply["totalCount"], 120);
        assert_eq!(reply["resultDesc"], "query data success");
        for row in reply["obsCodes"].as_array().unwrap() {
            assert!(row["obsCodeDesc"].is_string());
            codes.insert(row["obsCode"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(codes.len(), 120);
    assert!(codes.contains("00602") && codes.contains("00606"));
    let reply = client
        .get_json(&format!("{base}?pageSize=51&pageNum=1"))
        .await;
    assert_eq!(reply["resultCode"], "02000007");
}
