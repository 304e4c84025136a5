//! Call results: list, detail, create, update and delete.

use std::collections::BTreeSet;

use isales_simulator::{CallResult, MissingCallResult, Simulator};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, json as read_json, rows, start, start_with};

const VDN: &str = "/rest/isales/v1/openapi/campaigns/25";
const BASE: &str = "/rest/isales/v1/openapi/campaigns/25/queryOBSResults";

async fn create(client: &Client, body: &str) -> Value {
    client.post(&format!("{VDN}/createObResult"), body).await
}

async fn update(client: &Client, body: &str) -> Value {
    client.post(&format!("{VDN}/updateObResult"), body).await
}

async fn delete(client: &Client, def_id: &str) -> Value {
    let target = format!("{VDN}/{def_id}/deleteObsResult");
    let sent = client.signed(Method::DELETE, &target, "").send().await;
    read_json(sent.unwrap()).await
}

async fn detail(client: &Client, def_id: &str) -> Value {
    client
        .get_json(&format!("{VDN}/{def_id}/queryObsResultDetail"))
        .await
}

#[tokio::test]
async fn a_call_result_lives_as_in_the_examples() {
    let (simulator, client) = start();
    let body = r#"{"resultCode":"009","displayResult":"A7","obsCodes":["00606","00602"]}"#;
    let created = create(&client, body).await;
    assert_eq!(created["resultDesc"], "createObResult Success!");
    let def_id = created["defId"].as_str().unwrap();

    let shown = detail(&client, def_id).await;
    let object = &shown["obResult"];
    assert_eq!(object["resultCode"], "009");
    assert_eq!(object["vdnId"], 25);
    let entries = object["resultMapList"].as_array().unwrap();
    let codes: Vec<_> = entries.iter().map(|entry| &entry["failCode"]).collect();
    assert_eq!(codes, ["00606", "00602"]);
    assert_eq!(entries[0]["vdnId"], "25");
    assert_eq!(entries[0]["defId"], def_id);

    let body = json!({"defId": def_id, "displayResult": "A8", "obsCodes": ["00605"]});
    let updated = update(&client, &body.to_string()).await;
    assert_eq!(updated["resultDesc"], "updateObResult Success!");
    let kept = CallResult {
        def_id: def_id.to_owned(),
        result_code: "009".to_owned(),
        display_result: "A8".to_owned(),
        obs_codes: vec!["00605".to_owned()],
    };
    assert_eq!(simulator.call_results(25).last(), Some(&kept));

    assert_eq!(delete(&client, def_id).await["resultCode"], "0200000");
    assert!(!simulator.call_results(25).contains(&kept));
    for reply in [
        detail(&client, def_id).await,
        delete(&client, def_id).await,
        update(&client, &body.to_string()).await,
    ] {
        assert_eq!(reply["resultCode"], "0200001");
    }
    simulator.set_missing_call_result(MissingCallResult::Null);
    let shown = detail(&client, def_id).await;
    assert_eq!(shown["resultCode"], "0200000");
    assert_eq!(shown["obResult"], Value::Null);
}

#[tokio::test]
async fn the_server_chooses_a_code_and_an_id_that_nobody_has() {
    let (simulator, client) = start();
    let body = r#"{"displayResult":"A","obsCodes":["00602"]}"#;
    let first = create(&client, body).await;
    assert!(simulator.remove_call_result(25, first["defId"].as_str().unwrap()));
    let second = create(&client, body).await;
    let third = create(&client, body).await;
    assert_ne!(first["defId"], second["defId"]);
    let codes: BTreeSet<_> = simulator
        .call_results(25)
        .into_iter()
        .map(|result| result.result_code)
        .collect();
    assert_eq!(codes.len(), 10);
    assert_ne!(second["defId"], third["defId"]);
}

#[tokio::test]
async fn wrong_bodies_are_refused() {
    let (simulator, client) = start();
    let before = simulator.call_results(25);
    for (body, code) in [
        (
            r#"{"resultCode":"12345678","displayResult":"A","obsCodes":["1"]}"#,
            "02000003",
        ),
        (
            r#"{"resultCode":9,"displayResult":"A","obsCodes":["1"]}"#,
            "02000006",
        ),
        (r#"{"obsCodes":["1"]}"#, "02000001"),
        (r#"{"displayResult":"","obsCodes":["1"]}"#, "02000001"),
        (r#"{"displayResult":"A"}"#, "02000001"),
        (r#"{"displayResult":"A","obsCodes":[]}"#, "02000001"),
        (r#"{"displayResult":"A","obsCodes":[602]}"#, "02000006"),
        (
            r#"{"displayResult":"A","obsCodes":["1"],"defId":"1"}"#,
            "0200001",
        ),
    ] {
        assert_eq!(create(&client, body).await["resultCode"], code, "{body}");
    }
    let body = r#"{"defId":"1001","resultCode":"1","displayResult":"A","obsCodes":["1"]}"#;
    assert_eq!(update(&client, body).await["resultCode"], "0200001");
    assert_eq!(simulator.call_results(25), before);
}

#[tokio::test]
async fn the_delete_of_a_call_result_that_a_policy_names_may_be_refused() {
    for (is_refused, builder) in [
        (false, Simulator::builder()),
        (true, Simulator::builder().refuse_used_call_results()),
    ] {
        let (simulator, client) = start_with(builder.campaign(25, 46));
        let policy = "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002']}]";
        simulator.set_policy(25, 46, 0, policy).unwrap();
        let reply = delete(&client, "1002").await;
        assert_eq!(reply["resultCode"] != "0200000", is_refused, "{reply}");
        assert_eq!(delete(&client, "1001").await["resultCode"], "0200000");
        simulator.remove_policy(25, 46);
        if is_refused {
            let desc = reply["resultDesc"].as_str().unwrap();
            assert!(desc.contains("002 is used by the retry policy of campaign 46"));
            assert_eq!(delete(&client, "1002").await["resultCode"], "0200000");
        }
    }
}

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
