//! Changes between the plan and its apply.

use isales_simulator::Simulator;

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

/// A saved plan for an update from 1 to 2 attempts.
fn planned(arguments: &str) -> (Simulator, Workspace) {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{arguments}")));
    workspace.apply().succeeds();
    workspace.write(&resource(46, &format!("{}{arguments}", common(2, 1))));
    workspace.plan_with(&["-out=update.plan"]).finds_changes();
    server.clear_requests();
    (server, workspace)
}

/// The same, and then somebody else sets 7.
fn planned_before_a_change(arguments: &str) -> (Simulator, Workspace) {
    let (server, workspace) = planned(arguments);
    server.set_policy(VDN, 46, 0, &common_json(7, 1)).unwrap();
    (server, workspace)
}

/// A saved plan for a destroy that restores 9 attempts, and then somebody else sets 7.
fn restore_planned_before_a_change(arguments: &str) -> (Simulator, Workspace) {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    let restore = format!("{GLOBAL_COMMON}  deletion_policy = \"restore\"\n{arguments}");
    workspace.write(&resource(46, &restore));
    workspace.apply().succeeds();
    workspace
        .plan_with(&["-destroy", "-out=destroy.plan"])
        .finds_changes();
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
fn a_conflict_is_shown_without_what_controls_a_terminal() {
    let (server, workspace) = planned("");
    let policy = "[{'dataType':'\\u001b[31m\u{9b}\u{202e}','type':0,'retryTimes':1,'retryDay':1}]";
    server.set_policy(VDN, 46, 1, policy).unwrap();
    let refused = workspace.apply_with(&["update.plan"]).fails().error();
    refused.says(&["'\\u001b[31m\\u{9b}\\u{202e}'"]);
    let text = &refused.detail;
    assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text}");
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

#[test]
fn a_policy_that_is_gone_since_the_plan_is_a_change_too() {
    let (server, workspace) = planned("");
    assert!(server.remove_policy(VDN, 46));
    let refused = workspace.apply_with(&["update.plan"]).fails().error();
    refused.says(&[
        "Retry Policy Changed Since The Plan",
        &common_json(1, 1),
        "no policy at all",
        "Nothing was set",
    ]);
    assert_eq!(server.posted(), [""; 0]);
    // The next plan sees it, and creates the policy anew.
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));

    let (server, workspace) = planned("  on_conflict = \"overwrite\"\n");
    assert!(server.remove_policy(VDN, 46));
    workspace.apply_with(&["update.plan"]).succeeds();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_change_that_a_destroy_did_not_see_is_not_undone() {
    let (server, workspace) = restore_planned_before_a_change("");
    let refused = workspace.apply_with(&["destroy.plan"]).fails().error();
    refused.says(&[
        "Retry Policy Changed Since The Plan",
        &common_json(1, 1),
        &common_json(7, 1),
        "Nothing was set",
        "on_conflict",
    ]);
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(server.kept(46), Some(common_json(7, 1)));
    assert_eq!(workspace.resources().len(), 1);

    // The next destroy has seen it.
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}

#[test]
fn with_overwrite_a_destroy_restores_all_the_same() {
    let overwrite = "  on_conflict = \"overwrite\"\n";
    let (server, workspace) = restore_planned_before_a_change(overwrite);
    workspace.apply_with(&["destroy.plan"]).succeeds();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}

#[test]
fn somebody_who_restored_the_policy_already_is_no_conflict() {
    let (server, workspace) = restore_planned_before_a_change("");
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    workspace
        .apply_with(&["destroy.plan"])
        .succeeds()
        .without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
    assert_eq!(workspace.resources().len(), 0);
}

#[test]
fn a_server_without_the_query_is_not_asked_for_changes() {
    let (server, workspace) = planned("");
    server.set_shape("query=404".parse().unwrap());
    let warning = workspace.apply_with(&["update.plan"]).succeeds().warning();
    warning.says(&["Retry Policies Cannot Be Read"]);
    assert_eq!(server.kept(46), Some(common_json(2, 1)));

    let (server, workspace) = restore_planned_before_a_change("");
    server.set_shape("query=404".parse().unwrap());
    workspace.apply_with(&["destroy.plan"]).succeeds();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}
