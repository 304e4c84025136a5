//! Changes between the plan and its apply.

use crate::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// A saved plan for an update from 1 to 2 attempts, made before somebody else set 7.
fn planned_before_a_change(arguments: &str) -> (isales_simulator::Simulator, Workspace) {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{arguments}")));
    workspace.apply().succeeds();
    workspace.write(&resource(46, &format!("{}{arguments}", common(2, 1))));
    workspace.plan_with(&["-out=update.plan"]).finds_changes();
    server.set_policy(VDN, 46, 0, &common_json(7, 1)).unwrap();
    server.clear_requests();
    (server, workspace)
}

#[test]
fn a_change_that_the_plan_did_not_see_is_not_overwritten() {
    let (server, workspace) = planned_before_a_change("");
    let refused = workspace.apply_with(&["update.plan"]).fails().error();
    refused.says(&[
        "Retry Policy Changed Since The Plan",
        &common_json(1, 1),
        &common_json(7, 1),
        "Nothing was set",
        "on_conflict",
    ]);
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(server.kept(46), Some(common_json(7, 1)));

    // The next plan sees it, and may then replace it.
    workspace.plan().finds_changes();
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn with_overwrite_the_plan_is_carried_out() {
    let (server, workspace) = planned_before_a_change("  on_conflict = \"overwrite\"\n");
    workspace.apply_with(&["update.plan"]).succeeds();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn somebody_who_set_the_planned_policy_already_is_no_conflict() {
    let (server, workspace) = planned_before_a_change("");
    server.set_policy(VDN, 46, 0, &common_json(2, 1)).unwrap();
    workspace.apply_with(&["update.plan"]).succeeds();
    workspace.plan().finds_no_changes();
}
