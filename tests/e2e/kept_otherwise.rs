//! A server that confirms a policy and keeps a different one.

use isales_simulator::Keeps;

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const THIS: &str = "isales_retry_policy.this";

#[test]
fn a_new_policy_that_is_kept_otherwise_is_tainted() {
    let server = server();
    server.set_keeps(Keeps::ClampRetryTimes);
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &common(3, 1)));
    let error = workspace.apply().fails().error();
    error
        .says(&[
            "Server Kept Another",
            "terraform-provider-isales doctor --write 25/46",
            &common_json(3, 1),
            &common_json(1, 1),
        ])
        .points_at("policy_json");
    let state = workspace.resources();
    assert_eq!(state[0]["tainted"], true);
    assert_eq!(state[0]["values"]["policy_json"][0]["retry_times"], 1);

    // What the server takes converges.
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
}

#[test]
fn an_update_that_is_kept_otherwise_leaves_the_state_true() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &common(4, 1)));
    workspace.apply().succeeds();
    server.set_keeps(Keeps::ClampRetryTimes);
    workspace.write(&resource(46, &common(3, 2)));
    let error = workspace.apply().fails().error();
    error.says(&[&common_json(3, 2), &common_json(1, 2)]);
    let kept = workspace.attributes(THIS)["policy_json"][0].clone();
    assert_eq!(
        (&kept["retry_times"], &kept["retry_day"]),
        (&1.into(), &2.into())
    );
    workspace.plan().finds_changes();

    server.set_keeps(Keeps::AsSent);
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(3, 2)));
    workspace.plan().finds_no_changes();
}

/// A timeout that leaves a second for reads that lag.
const SHORT: &str = "  timeouts = { create = \"2s\", update = \"2s\" }\n";

#[test]
fn a_server_that_forgets_a_new_policy_is_found_out_by_the_next_plan() {
    let server = server();
    server.set_keeps(Keeps::Nothing);
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{SHORT}")));
    let warning = workspace.apply().succeeds().warning();
    warning.says(&[
        "Retry Policy Not Shown Yet",
        "25/46",
        "still showed no policy",
    ]);
    assert!(server.policy(VDN, 46).is_none());
    assert_eq!(workspace.resources().len(), 1);
    workspace.plan().finds_changes();

    server.set_keeps(Keeps::AsSent);
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes();
}

#[test]
fn a_server_that_ignores_an_update_is_found_out_by_the_next_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{SHORT}")));
    workspace.apply().succeeds();
    server.set_keeps(Keeps::Nothing);
    workspace.write(&resource(46, &format!("{}{SHORT}", common(2, 2))));
    let warning = workspace.apply().succeeds().warning();
    warning.says(&["Retry Policy Not Shown Yet", &common_json(1, 1)]);
    let plan = workspace.plan().finds_changes();
    assert_eq!(plan.drift().len(), 1, "{plan:?}");
}
