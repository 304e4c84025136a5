//! Setting and querying retry policies.

use isales_simulator::Keeps;
use reqwest::Method;
use serde_json::json;

use crate::client::{COMMON, SK, policy_target, start};

#[tokio::test]
async fn a_policy_is_set_queried_and_recorded() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    assert!(client.get_json(&target).await["data"].is_null());
    let reply = client.post(&target, COMMON).await;
    let success = json!({
        "resultCode": "0200000", "resultDesc": "", "returnCode": "0200000", "returnDesc": "",
    });
    assert_eq!(reply, success);
    let data = &client.get_json(&target).await["data"];
    assert_eq!(
        data["policyJson"],
        "[{'type':0,'retryTimes':1,'retryDay':1}]"
    );
    assert_eq!(data["policyType"], 0);

    let kept = simulator.policy(25, 46).unwrap();
    assert_eq!(
        kept.meaning,
        json!([{"type": 0, "retryTimes": 1, "retryDay": 1}])
    );
    assert_eq!(data["retryPolicyId"], kept.retry_policy_id.as_str());
    assert_eq!(simulator.policies().len(), 1);

    let requests = simulator.requests();
    let post = &requests[1];
    assert_eq!(
        (post.method.as_str(), post.path.as_str()),
        ("POST", target.as_str())
    );
    assert_eq!((post.body.as_str(), post.status), (COMMON, Some(200)));
    assert_eq!(post.signature_error, None);
    assert_eq!(post.signed_headers.as_deref(), Some("content-type;host"));
    assert_eq!(post.header("content-length"), Some("72"));
    let signature = post.signature.as_ref().unwrap().reveal();
    assert_eq!(signature.len(), 64);
    let recorded = serde_json::to_string(&requests).unwrap() + &format!("{requests:?}");
    for secret in [SK, "auth-v2", signature] {
        assert!(!recorded.contains(secret));
    }
    assert_eq!(simulator.counters().connections, 1);
    simulator.stop().await;
}

#[tokio::test]
async fn wrong_paths_are_refused() {
    let (_simulator, client) = start();
    for (vdn_id, campaign_id, code) in [
        ("25", "48", "0200-01"),
        ("26", "46", "0200-01"),
        ("0", "46", "02000007"),
        ("10000", "46", "02000007"),
        ("x", "46", "02000006"),
        ("25", "0", "02000007"),
        ("25", "4a", "02000006"),
    ] {
        let target =
            format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/retryPolicy/{campaign_id}");
        for reply in [
            client.post(&target, COMMON).await,
            client.get_json(&target).await,
        ] {
            assert_eq!(reply["resultCode"], code, "{target}");
            assert_eq!(reply["returnCode"], code, "{target}");
        }
    }
    for (method, target, status) in [
        (Method::PUT, policy_target(25, 46), 405),
        (Method::DELETE, policy_target(25, 46), 405),
        (Method::GET, "/rest/isales/v1/openapi/other".to_owned(), 404),
    ] {
        assert_eq!(
            client
                .signed(method, &target, "")
                .send()
                .await
                .unwrap()
                .status(),
            status
        );
    }
}

#[tokio::test]
async fn the_query_may_be_unsupported() {
    let (simulator, client) = start();
    for (shape, status) in [("query=404", 404), ("query=405", 405)] {
        simulator.set_shape(shape.parse().unwrap());
        let response = client.get(&policy_target(25, 46)).await;
        assert_eq!(response.status(), status);
        assert!(!response.text().await.unwrap().contains("resultCode"));
    }
    assert_eq!(
        client.post(&policy_target(25, 46), COMMON).await["resultCode"],
        "0200000"
    );
}

#[tokio::test]
async fn the_server_may_store_something_else() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    let body = r#"{"policyJson":"[{'type':0,'retryTimes':5,'retryDay':2}]","policyType":0}"#;
    simulator.set_keeps(Keeps::Nothing);
    assert_eq!(client.post(&target, body).await["resultCode"], "0200000");
    assert_eq!(simulator.policy(25, 46), None);
    simulator.set_keeps(Keeps::ClampRetryTimes);
    assert_eq!(client.post(&target, body).await["resultCode"], "0200000");
    let meaning = simulator.policy(25, 46).unwrap().meaning;
    assert_eq!(
        meaning,
        json!([{"type": 0, "retryTimes": 1, "retryDay": 2}])
    );
}

#[tokio::test]
async fn policies_change_without_the_client() {
    let (simulator, client) = start();
    let target = policy_target(25, 99);
    assert!(
        simulator
            .set_policy(25, 99, 0, "[{'type':0,'retryTimes':1,'retryDay':1}]")
            .is_err()
    );
    simulator.add_campaign(25, 99);
    assert!(simulator.set_policy(25, 99, 0, "[]").is_err());
    simulator
        .set_policy(25, 99, 0, "[{'type':0,'retryTimes':7,'retryDay':1}]")
        .unwrap();
    let reply = client.get_json(&target).await;
    assert_eq!(
        reply["data"]["policyJson"],
        "[{'type':0,'retryTimes':7,'retryDay':1}]"
    );
    assert!(simulator.remove_policy(25, 99));
    assert!(client.get_json(&target).await["data"].is_null());
}

#[tokio::test]
async fn a_policy_is_removed_with_its_campaign() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    client.post(&target, COMMON).await;
    assert!(simulator.remove_campaign(25, 46));
    assert_eq!(client.get_json(&target).await["resultCode"], "0200-01");
    simulator.add_campaign(25, 46);
    assert!(client.get_json(&target).await["data"].is_null());
}

#[tokio::test]
async fn a_form_that_the_server_does_not_take_is_refused() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    for (takes, code) in [
        ("quotes=double", "02000008"),
        ("common=nested", "02000009"),
        ("quotes=single,common=flat", "0200000"),
    ] {
        simulator.set_takes(takes.parse().unwrap());
        let reply = client.post(&target, COMMON).await;
        assert_eq!(reply["resultCode"], code, "{takes}: {reply}");
        assert_eq!(simulator.policy(25, 46).is_some(), code == "0200000");
    }
}
