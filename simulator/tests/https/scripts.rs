//! Scripted replies.

use std::time::Duration;

use isales_simulator::{Hold, ResultCode, Script, Shape};
use serde_json::json;

use crate::client::{COMMON, policy_target, start};

#[tokio::test]
async fn scripts_match_by_method_path_and_count() {
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
async fn a_path_may_leave_a_segment_open() {
    let (simulator, client) = start();
    let pattern = policy_target(25, 46).replace("/46", "/*");
    simulator.script(Script::reply(503, "").path(&pattern).times(2));
    assert_eq!(
        client
            .get("/rest/isales/v1/openapi/campaigns/25/46")
            .await
            .status(),
        200
    );
    for campaign in [46, 47] {
        assert_eq!(client.get(&policy_target(25, campaign)).await.status(), 503);
    }
}

#[tokio::test]
async fn a_script_may_wait_for_another_request() {
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
async fn a_script_may_shape_the_servers_own_reply() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    client.post(&target, COMMON).await;
    let shape = "numbers=strings".parse::<Shape>().unwrap();
    simulator.script(Script::shape(shape).method("GET"));
    let reply = client.get_json(&target).await;
    assert_eq!(reply["data"]["policyType"], "0");
    let requests = simulator.requests();
    assert_eq!(requests[1].interference.as_deref(), Some("script"));
    let reply = client.get_json(&target).await;
    assert_eq!(reply["data"]["policyType"], 0);
    // The server handles the request itself.
    simulator.script(Script::shape(shape).method("POST"));
    client.post(&policy_target(25, 47), COMMON).await;
    assert!(simulator.policy(25, 47).is_some());
}

#[tokio::test]
async fn a_script_may_show_what_was_there_before() {
    let (simulator, client) = start();
    let target = policy_target(25, 46);
    let stale = Script::stale().method("GET").path(&target);
    simulator.script(stale.after("POST").times(2));
    client.post(&target, COMMON).await;
    for _ in 0..2 {
        assert!(client.get_json(&target).await["data"].is_null());
    }
    assert!(client.get_json(&target).await["data"].is_object());
    // A campaign without a POST has nothing else to show.
    simulator
        .set_policy(25, 47, 0, "[{'type':0,'retryTimes':7,'retryDay':1}]")
        .unwrap();
    simulator.script(Script::stale());
    let reply = client.get_json(&policy_target(25, 47)).await;
    assert!(reply["data"].is_object());
}

#[tokio::test]
async fn a_request_that_is_held_is_handled_or_not() {
    for (hold, is_stored) in [(Hold::BeforeHandled, false), (Hold::AfterHandled, true)] {
        let (simulator, client) = start();
        simulator.script(Script::hold(hold).method("POST"));
        let target = policy_target(25, 46);
        let is_held = async {
            while !simulator.requests().iter().any(|request| request.is_held) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            _ = client.post(&target, COMMON) => panic!("it was replied to"),
            () = is_held => {}
        }
        assert_eq!(simulator.policy(25, 46).is_some(), is_stored, "{hold:?}");
    }
}
