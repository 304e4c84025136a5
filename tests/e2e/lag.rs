//! Servers whose queries lag behind what was posted.

use std::time::Duration;

use isales_simulator::{Script, Simulator};
use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, named, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const LAG: Duration = Duration::from_millis(700);

fn lagging() -> Simulator {
    let server = server();
    server.set_lag(LAG);
    server
}

#[test]
fn a_first_policy_is_waited_for() {
    let server = lagging();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}

#[test]
fn a_change_and_a_restore_are_waited_for() {
    let server = lagging();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    let restore = "  deletion_policy = \"restore\"\n";
    workspace.write(&resource(46, &format!("{}{restore}", common(1, 1))));
    workspace.apply().succeeds();
    workspace.write(&resource(46, &format!("{}{restore}", common(2, 1))));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}

#[test]
fn many_policies_wait_at_the_same_time() {
    let server = lagging();
    let workspace = Workspace::new(&server);
    let all = |retry_times| {
        let policies = (40..60)
            .map(|campaign| named(&format!("c{campaign}"), campaign, &common(retry_times, 1)));
        policies.collect::<String>()
    };
    workspace.write(&all(1));
    workspace.apply().succeeds().without_warnings();
    workspace.write(&all(2));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}

#[test]
fn a_third_policy_is_an_error_at_once() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &common(1, 1)));
    workspace.apply().succeeds();
    let other = format!(
        r#"{{"resultCode":"0200000","returnCode":"0200000","data":{{"policyType":0,"policyJson":"{}"}}}}"#,
        common_json(7, 7)
    );
    server.script(
        Script::reply(200, other)
            .method("GET")
            .after("POST")
            .times(9),
    );
    workspace.write(&resource(46, &common(2, 1)));
    let error = workspace.apply().fails().error();
    error.says(&[
        "Server Kept Another",
        &common_json(2, 1),
        &common_json(7, 7),
    ]);
}

#[test]
fn a_wait_ends_before_the_timeout_does() {
    let server = server();
    server.set_lag(Duration::from_secs(60));
    let workspace = Workspace::new(&server);
    let short = "  timeouts = { create = \"2s\" }\n";
    workspace.write(&resource(46, &format!("{}{short}", common(1, 1))));
    let warning = workspace.apply().succeeds().warning();
    warning.says(&["Retry Policy Not Shown Yet", "25/46"]);
    assert_eq!(workspace.resources().len(), 1);
    server.set_lag(Duration::ZERO);
    workspace.plan().finds_no_changes();
}
