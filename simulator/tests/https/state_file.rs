//! Data that outlives the server.

use isales_simulator::{Simulator, StartError};

use crate::client::{COMMON, policy_target, start_with};

#[tokio::test]
async fn policies_outlive_the_server() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        let builder = Simulator::builder().campaign(25, 46);
        start_with(builder.state_file(directory.path().join("state.json")))
    };
    let (simulator, client) = start();
    assert_eq!(simulator.ca_file(), directory.path().join("state.ca.pem"));
    simulator
        .set_policy(25, 46, 0, "[{'type':0,'retryTimes':3,'retryDay':1}]")
        .unwrap();
    client.post(&policy_target(25, 46), COMMON).await;
    let kept = simulator.policy(25, 46);
    simulator.stop().await;
    let (simulator, _client) = start();
    assert_eq!(simulator.policy(25, 46), kept);
    assert!(simulator.remove_policy(25, 46));
    simulator.stop().await;
    assert_eq!(start().0.policy(25, 46), None);
}

#[tokio::test]
async fn call_results_outlive_the_server_and_their_ids_are_not_reused() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        let builder = Simulator::builder().campaign(25, 46);
        start_with(builder.state_file(directory.path().join("state.json"))).0
    };
    let simulator = start();
    let first = simulator.add_call_result(25, "A1", "First", &["00602"]);
    let second = simulator.add_call_result(25, "A2", "Second", &["00603", "00602"]);
    assert!(simulator.remove_call_result(25, &second));
    let kept = simulator.call_results(25);
    assert!(kept.iter().any(|result| result.def_id == first));
    simulator.stop().await;
    let simulator = start();
    assert_eq!(simulator.call_results(25), kept);
    let third = simulator.add_call_result(25, "A3", "Third", &["00602"]);
    assert_ne!(third, second);
}

#[test]
fn files_of_the_earlier_form_are_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state.json");
    let list = r#"[{"vdnId":26,"campaignId":7,"retryPolicyId":"3","policyType":0,
                    "policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]"}]"#;
    std::fs::write(&path, list).unwrap();
    let builder = Simulator::builder().campaign(25, 46).state_file(&path);
    let (simulator, _client) = start_with(builder);
    assert_eq!(simulator.policy(26, 7).unwrap().retry_policy_id, "3");
    let saved: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(saved["retryPolicies"][0]["campaignId"], 7);
}

#[test]
fn malformed_files_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state.json");
    for (text, reason) in [
        ("[{]", "key must be a string"),
        ("1", "neither an object nor a list"),
        (r#"{"holidays":[]}"#, "holidays is unknown"),
        (r#"{"retryPolicies":[{"vdnId":25}]}"#, "missing field"),
    ] {
        std::fs::write(&path, text).unwrap();
        let started = Simulator::builder().state_file(&path).start_blocking();
        let error = started.unwrap_err();
        assert!(matches!(error, StartError::StateFile { .. }), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
}
