//! Listing business results.

use isales_simulator::Simulator;

use crate::client::{rows, start, start_with};

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25/queryBusinessResults";

#[tokio::test]
async fn each_business_result_is_on_one_page_with_its_children() {
    let builder = Simulator::builder().campaign(25, 46).data_set(1, 10);
    let (_simulator, client) = start_with(builder);
    let mut codes = Vec::new();
    for (page, count) in [(1, 50), (2, 20), (3, 0)] {
        let target = format!("{BASE}?pageSize=50&pageNum={page}");
        let reply = client.get_json(&target).await;
        assert_eq!(reply["totalCount"], 70);
        assert_eq!(rows(&reply).len(), count);
        for row in rows(&reply) {
            assert_eq!(row["defLevel"], "1");
            codes.push(row["code"].as_str().unwrap().to_owned());
        }
        if page == 1 {
            let child = &rows(&reply)[0]["children"][0];
            assert_eq!(
                (&child["code"], &child["defLevel"]),
                (&"100001".into(), &"2".into())
            );
        }
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 70);
}

#[tokio::test]
async fn wrong_parameters_are_refused() {
    let (_simulator, client) = start();
    for (query, code) in [
        ("?pageSize=51&pageNum=1", "02000007"),
        ("?pageSize=50&pageNum=0", "02000007"),
        ("?pageNum=1", "02000001"),
        ("?pageSize=1&pageNum=1&name=x", "0200001"),
    ] {
        let reply = client.get_json(&format!("{BASE}{query}")).await;
        assert_eq!(reply["resultCode"], code, "{query}");
    }
}
