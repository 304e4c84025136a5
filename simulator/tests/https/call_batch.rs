//! Call batches: create, update, pause, resume, delete and list.

use isales_simulator::{CallBatchChange, CallBatchLimit, CampaignStatus, Simulator};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, json as body_of, rows, start, start_with};

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25/callbatch/46";

async fn post(client: &Client, interface: &str, body: Value) -> Value {
    client
        .post(&format!("{BASE}/{interface}"), &body.to_string())
        .await
}

/// Creates a batch and returns its ID.
async fn create(client: &Client, body: Value) -> String {
    let reply = post(client, "create", body).await;
    assert_eq!(reply["resultCode"], "0200000", "{reply}");
    reply["returnObject"]["id"].as_str().unwrap().to_owned()
}

async fn list(client: &Client, body: Value) -> Value {
    let target = format!("{BASE}/list");
    let request = client.signed(Method::GET, &target, &body.to_string());
    body_of(request.send().await.unwrap()).await
}

fn all() -> Value {
    json!({"offset": 0, "limit": 100})
}

#[tokio::test]
async fn the_reply_to_a_create_is_the_example_of_the_page() {
    let (simulator, client) = start();
    let body = r#"{"name":"test","status":1}"#;
    let target = format!("{BASE}/create");
    let request = client.signed(Method::POST, &target, body);
    let reply = request.send().await.unwrap().text().await.unwrap();
    let id = simulator.call_batches(25, 46)[0].id.clone();
    assert_eq!(id.len(), 30);
    assert_eq!(
        reply,
        format!(
            r#"{{"returnCode":"0200000","returnObject":{{"id":"{id}"}},"resultCode":"0200000","resultDesc":"success","returnDesc":"success"}}"#
        )
    );
}

#[tokio::test]
async fn a_batch_is_created_renamed_paused_resumed_and_deleted() {
    let (simulator, client) = start();
    let id = create(&client, json!({"name": "a"})).await;
    let kept = || simulator.call_batches(25, 46)[0].clone();
    assert_eq!((kept().name.as_str(), kept().status), ("a", 2));
    for (interface, body, code) in [
        ("update", json!({"id": id, "name": "b"}), "0200000"),
        ("update", json!({"id": id, "name": "b"}), "0200000"),
        ("pause", json!({"id": id}), "03000006"),
        ("resume", json!({"id": id}), "0200000"),
        ("resume", json!({"id": id}), "03000005"),
        ("pause", json!({"id": id}), "0200000"),
    ] {
        let reply = post(&client, interface, body).await;
        assert_eq!(reply["resultCode"], code, "{interface}");
        let word = if code == "0200000" { "success" } else { "" };
        assert!(reply["resultDesc"].as_str().unwrap().contains(word));
    }
    assert_eq!((kept().name.as_str(), kept().status), ("b", 2));
    let delete = || post(&client, "delete", json!({"id": id}));
    assert_eq!(delete().await["resultCode"], "0200000");
    assert_eq!(delete().await["resultCode"], "03000004");
    for interface in ["pause", "resume"] {
        let reply = post(&client, interface, json!({"id": id})).await;
        assert_eq!(reply["resultCode"], "03000004");
    }
    let reply = post(&client, "update", json!({"id": id, "name": "c"})).await;
    assert_eq!(reply["resultCode"], "03000004");
    assert_eq!(simulator.call_batches(25, 46), []);
    assert_eq!(simulator.counters().call_batches_created, 1);
}

#[tokio::test]
async fn lists_are_filtered_and_paged_in_the_body() {
    let (simulator, client) = start();
    for number in 1..=7 {
        let status = 1 + number % 2;
        simulator.add_call_batch(25, 46, &format!("te-{number}"), status);
    }
    simulator.add_call_batch(25, 46, "other", 1);
    simulator.add_call_batch(25, 47, "te-1", 1);
    let first = list(
        &client,
        json!({"name": "te", "status": 1, "offset": 0, "limit": 2}),
    )
    .await;
    assert_eq!(first["totalCount"], 3);
    let names = |reply: &Value| -> Vec<String> {
        let names = rows(reply)
            .iter()
            .map(|row| row["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names(&first), ["te-2", "te-4"]);
    let second = list(
        &client,
        json!({"name": "te", "status": 1, "offset": 2, "limit": 2}),
    )
    .await;
    assert_eq!(names(&second), ["te-6"]);
    assert_eq!(list(&client, all()).await["totalCount"], 8);
}

#[tokio::test]
async fn a_list_needs_its_body_and_its_signature_covers_it() {
    let (_simulator, client) = start();
    let reply = client.get_json(&format!("{BASE}/list")).await;
    assert_eq!(reply["resultCode"], "0200001");
    for (body, code) in [
        (json!({"limit": 5}), "02000001"),
        (json!({"offset": 0}), "02000001"),
        (json!({"offset": 3, "limit": 5}), "02000007"),
        (json!({"offset": 0, "limit": 0}), "02000007"),
        (json!({"offset": 0, "limit": "5"}), "02000006"),
        (json!({"offset": 0, "limit": 5, "page": 1}), "0200001"),
    ] {
        assert_eq!(
            list(&client, body.clone()).await["resultCode"],
            code,
            "{body}"
        );
    }
    let target = format!("{BASE}/list");
    let signed = client.signed(Method::GET, &target, &all().to_string());
    let other = signed.body(r#"{"offset":0,"limit":99}"#);
    assert_eq!(other.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn names_are_unique_in_a_campaign() {
    let (simulator, client) = start();
    let id = create(&client, json!({"name": "a"})).await;
    create(&client, json!({"name": "b"})).await;
    assert!(simulator.add_call_batch(25, 47, "a", 1).is_some());
    let reply = post(&client, "create", json!({"name": "a"})).await;
    assert_eq!(reply["resultCode"], "03000001");
    let reply = post(&client, "update", json!({"id": id, "name": "b"})).await;
    assert_eq!(reply["resultCode"], "03000001");
    for (name, code) in [
        ("", "02000001"),
        ("a/b", "02000002"),
        (&"x".repeat(256), "02000003"),
    ] {
        let reply = post(&client, "create", json!({"name": name})).await;
        assert_eq!(reply["resultCode"], code, "{name}");
    }
    let reply = post(&client, "create", json!({"name": "c", "status": 3})).await;
    assert_eq!(reply["resultCode"], "02000007");
}

#[tokio::test]
async fn a_campaign_has_as_many_batches_as_the_limit_says() {
    let limit = CallBatchLimit::new(2).unwrap();
    let builder = Simulator::builder()
        .campaign(25, 46)
        .call_batch_limit(limit);
    let (simulator, client) = start_with(builder);
    for (name, code) in [("a", "0200000"), ("b", "0200000"), ("c", "03000003")] {
        let reply = post(&client, "create", json!({"name": name})).await;
        assert_eq!(reply["resultCode"], code, "{name}");
    }
    simulator.set_call_batch_limit(CallBatchLimit::new(1000).unwrap());
    create(&client, json!({"name": "c"})).await;
    assert_eq!(CallBatchLimit::new(0), None);
    assert_eq!(CallBatchLimit::new(1001), None);
}

#[tokio::test]
async fn the_state_of_the_campaign_decides() {
    let (simulator, client) = start();
    let id = create(&client, json!({"name": "a", "status": 1})).await;
    for (state, pause, rename) in [
        (CampaignStatus::Draft, "0200000", "0200000"),
        (CampaignStatus::Suspended, "03000002", "0200000"),
        (CampaignStatus::Finished, "0200000", "0200000"),
        (CampaignStatus::Expired, "03000002", "03000002"),
    ] {
        assert!(simulator.set_campaign_status(25, 46, state));
        assert!(simulator.change_call_batch(25, 46, &id, CallBatchChange::Status(1)));
        let reply = post(&client, "pause", json!({"id": id})).await;
        assert_eq!(reply["resultCode"], pause, "{state:?}");
        let reply = post(&client, "update", json!({"id": id, "name": "b"})).await;
        assert_eq!(reply["resultCode"], rename, "{state:?}");
    }
    simulator.remove_campaign(25, 46);
    for (interface, body) in [
        ("create", json!({"name": "a"})),
        ("pause", json!({"id": id})),
    ] {
        let reply = post(&client, interface, body).await;
        assert_eq!(reply["resultCode"], "0200007", "{interface}");
    }
    assert_eq!(list(&client, all()).await["resultCode"], "0200007");
}

#[tokio::test]
async fn batches_outlive_the_server_and_no_id_is_used_twice() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        let builder = Simulator::builder().campaign(25, 1);
        start_with(builder.state_file(directory.path().join("state.json")))
    };
    let (simulator, client) = start();
    simulator.add_campaign(25, 46);
    create(&client, json!({"name": "a", "status": 1})).await;
    let last = create(&client, json!({"name": "b"})).await;
    assert!(simulator.remove_call_batch(25, 46, &last));
    let kept = simulator.call_batches(25, 46);
    assert_eq!(kept.len(), 1);
    simulator.stop().await;
    let (simulator, client) = start();
    assert_eq!(simulator.call_batches(25, 46), kept);
    assert_ne!(create(&client, json!({"name": "b"})).await, last);
}

#[tokio::test]
async fn scripts_change_batches_over_the_admin_interface() {
    let (simulator, client) = start();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let admin = |path: &str| format!("{}{path}", simulator.admin_endpoint());
    let batches = admin("/campaigns/25/46/call-batches");
    let send = |method: Method, url: String, body: &'static str| {
        let request = http.request(method, url).body(body);
        let request = request.header("content-type", "application/json").send();
        async move { request.await.unwrap() }
    };
    let added = send(Method::POST, batches.clone(), r#"{"name":"a","status":1}"#).await;
    let id: String = serde_json::from_slice(&added.bytes().await.unwrap()).unwrap();
    let one = format!("{batches}/{id}");
    let changed = send(Method::PUT, one.clone(), r#"{"name":"b","status":7}"#).await;
    assert_eq!(changed.status(), 204);
    let kept = simulator.call_batches(25, 46);
    assert_eq!((kept[0].name.as_str(), kept[0].status), ("b", 7));
    let listed = send(Method::GET, batches.clone(), "").await;
    let listed: Value = serde_json::from_slice(&listed.bytes().await.unwrap()).unwrap();
    assert_eq!(listed, json!([{"id": id, "name": "b", "status": 7}]));
    assert_eq!(send(Method::DELETE, one.clone(), "").await.status(), 204);
    assert_eq!(send(Method::DELETE, one, "").await.status(), 404);

    let limit = admin("/call-batch-limit");
    assert_eq!(send(Method::PUT, limit.clone(), "0").await.status(), 400);
    assert_eq!(send(Method::PUT, limit.clone(), "1").await.status(), 204);
    let read = send(Method::GET, limit, "").await;
    assert_eq!(read.bytes().await.unwrap(), "1");
    create(&client, json!({"name": "a"})).await;
    let refused = send(Method::POST, batches, r#"{"name":"b","status":1}"#).await;
    assert_eq!(refused.status(), 400);
}
