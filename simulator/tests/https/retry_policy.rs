//! The retry policy interfaces over HTTPS.

use crate::client::{AK, COMMON, Client, SK, now, patiently, policy_target};
use isales_simulator::{Keeps, Latency, LeafCertificate, ResultCode, Script, Simulator};
use reqwest::Method;
use serde_json::json;
use time::Duration;

fn start() -> (Simulator, Client) {
    let builder = Simulator::builder()
        .credentials(AK, SK)
        .campaign(25, 46)
        .campaign(25, 47);
    let simulator = builder.start_blocking().unwrap();
    let client = Client::new(&simulator);
    (simulator, client)
}

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
async fn a_bad_signature_is_401_with_the_reason_in_the_log_alone() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    let late = now() + Duration::minutes(16);
    for request in [
        client.unsigned(&target),
        client.signed(Method::POST, &target, COMMON).body("{}"),
        client
            .signed(Method::GET, &target, "")
            .header("content-type", "text/plain"),
        client.signed_at(late, Method::GET, &target, ""),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(
            response.text().await.unwrap(),
            r#"{"error":"unauthorized"}"#
        );
    }
    let reasons: Vec<String> = simulator
        .requests()
        .into_iter()
        .filter_map(|request| request.signature_error)
        .collect();
    assert_eq!(reasons.len(), 4);
    assert!(reasons[0].contains("Authorization"), "{reasons:?}");
    assert!(reasons[1].contains("does not match"), "{reasons:?}");
    assert!(reasons[3].contains("seconds away"), "{reasons:?}");

    simulator.set_clock_offset(16 * 60);
    let response = client
        .signed_at(late, Method::GET, &target, "")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let date = response.headers()["date"].to_str().unwrap();
    let date = httpdate::parse_http_date(date).unwrap();
    assert!(time::OffsetDateTime::from(date) > now() + Duration::minutes(15));
}

#[tokio::test]
async fn codes_of_the_uri_and_headers() {
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
async fn a_query_that_the_server_does_not_have() {
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
async fn a_server_that_keeps_something_else() {
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
async fn drift_and_campaigns_that_come_and_go() {
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
    assert!(simulator.remove_campaign(25, 99));
    assert_eq!(client.get_json(&target).await["resultCode"], "0200-01");
}

#[tokio::test]
async fn scripts_meet_the_requests_they_name_as_often_as_they_say() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    for code in ResultCode::TABLE_7 {
        simulator.script(Script::code(code).method("POST").path(&target));
        assert_eq!(client.get_json(&target).await["resultCode"], "0200000");
        let reply = client.post(&target, COMMON).await;
        assert_eq!(
            (&reply["resultCode"], &reply["returnCode"]),
            (&json!(code.as_str()), &json!(code.as_str()))
        );
    }
    assert_eq!(simulator.policy(25, 46), None);
    simulator.script(Script::pass());
    simulator.script(
        Script::reply(503, "<html>")
            .header("content-type", "text/html")
            .times(2),
    );
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(client.get(&target).await.status().as_u16());
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    simulator.script(Script::codes("0200000", "0200001", "half"));
    let reply = client.get_json(&target).await;
    assert_eq!(
        (&reply["resultCode"], &reply["returnCode"]),
        (&json!("0200000"), &json!("0200001"))
    );
}

#[tokio::test]
async fn a_script_may_wait_for_another_request_on_its_path() {
    let (simulator, client) = start();
    let (target, other) = (policy_target(25, 46), policy_target(25, 47));
    let late = Script::reply(503, "").method("GET").path(&target);
    simulator.script(late.after("POST"));
    client.post(&other, COMMON).await;
    assert_eq!(client.get(&target).await.status(), 200);
    client.post(&target, COMMON).await;
    assert_eq!(client.get(&other).await.status(), 200);
    assert_eq!(client.get(&target).await.status(), 503);
    assert_eq!(client.get(&target).await.status(), 200);
}

#[tokio::test]
async fn a_state_file_outlives_the_server() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        Simulator::builder()
            .credentials(AK, SK)
            .campaign(25, 46)
            .state_file(directory.path().join("state.json"))
            .start_blocking()
            .unwrap()
    };
    let simulator = start();
    assert_eq!(simulator.ca_file(), directory.path().join("state.ca.pem"));
    simulator
        .set_policy(25, 46, 0, "[{'type':0,'retryTimes':3,'retryDay':1}]")
        .unwrap();
    Client::new(&simulator)
        .post(&policy_target(25, 46), COMMON)
        .await;
    let kept = simulator.policy(25, 46);
    simulator.stop().await;
    let simulator = start();
    assert_eq!(simulator.policy(25, 46), kept);
    assert!(simulator.remove_policy(25, 46));
    simulator.stop().await;
    assert_eq!(start().policy(25, 46), None);
}

#[tokio::test]
async fn a_request_is_carried_out_though_the_client_hangs_up() {
    let (simulator, client) = start();
    simulator.set_latency(Latency::before(std::time::Duration::from_millis(100)));
    let post = client
        .signed(Method::POST, &policy_target(25, 46), COMMON)
        .send();
    let arrived = patiently("the request", || !simulator.requests().is_empty());
    tokio::select! {
        _ = post => panic!("the reply came first"),
        () = arrived => {}
    }
    patiently("the policy", || simulator.policy(25, 46).is_some()).await;
}

#[tokio::test]
async fn a_client_finds_out_about_a_wrong_certificate() {
    for (certificate, word) in [
        (LeafCertificate::Expired, "expired"),
        (LeafCertificate::WrongName, "not valid for name"),
    ] {
        let simulator = Simulator::builder()
            .certificate(certificate)
            .start()
            .await
            .unwrap();
        let error = Client::new(&simulator)
            .unsigned("/")
            .send()
            .await
            .unwrap_err();
        let error = format!("{error:?}").to_lowercase();
        assert!(
            error.contains(word) || error.contains("notvalidforname"),
            "{error}"
        );
    }
    let (simulator, stranger) = (start().0, start().0);
    let knows_another_ca = Client::new(&stranger).at(&simulator);
    let error = knows_another_ca.unsigned("/").send().await.unwrap_err();
    assert!(format!("{error:?}").contains("UnknownIssuer"), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_requests_at_a_time() {
    let builder = Simulator::builder()
        .credentials(AK, SK)
        .campaigns(25, 1..=400);
    let simulator = builder.start().await.unwrap();
    simulator.set_latency(isales_simulator::Latency {
        before_ms: 200,
        after_ms: 0,
    });
    let client = std::sync::Arc::new(Client::new(&simulator));
    let mut posts = tokio::task::JoinSet::new();
    for campaign_id in 1..=400 {
        let client = client.clone();
        posts.spawn(async move { client.post(&policy_target(25, campaign_id), COMMON).await });
    }
    for reply in posts.join_all().await {
        assert_eq!(reply["resultCode"], "0200000");
    }
    assert_eq!(simulator.policies().len(), 400);
    let counters = simulator.counters();
    assert_eq!((counters.requests, counters.policies_changed), (400, 400));
    assert!(counters.max_concurrent > 3, "{counters:?}");
}
