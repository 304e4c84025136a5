//! Destroying what the API cannot delete, in its three ways.

use isales_simulator::Keeps;

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const NOT_DELETED: &str = "Retry Policy Not Deleted";

fn with_deletion_policy(name: &str) -> String {
    format!("{GLOBAL_COMMON}  deletion_policy = \"{name}\"\n")
}

#[test]
fn abandon_leaves_the_policy_and_says_so() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    server.clear_requests();

    let plan = workspace.plan_with(&["-destroy"]).finds_changes();
    plan.warning()
        .says(&[NOT_DELETED, "25/46", "no interface for deleting", "restore"]);
    let destroyed = workspace.destroy().succeeds();
    assert!(!destroyed.warnings().is_empty());
    for warning in destroyed.warnings() {
        warning.says(&[NOT_DELETED, "25/46"]);
    }
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    assert_eq!(workspace.resources().len(), 0);
}

#[test]
fn restore_sets_what_was_there_before_terraform() {
    let server = server();
    let before = r#"[{"type":1,"policy":[{"result":7,"retryNumber":2,"callInterval":90}],"noRetryPolicy":["002"]}]"#;
    server.set_policy(VDN, 46, 0, before).unwrap();
    let meant = server.policy(VDN, 46).unwrap().meaning;
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    // An update in between does not count as what was there before, and neither does drift.
    let update = with_deletion_policy("restore").replace("retry_times = 1", "retry_times = 2");
    workspace.write(&resource(46, &update));
    workspace.apply().succeeds();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();

    workspace
        .plan_with(&["-destroy"])
        .finds_changes()
        .without_warnings();
    server.clear_requests();
    workspace.destroy().succeeds().without_warnings();
    let body = "{\"policyJson\":\"[{'type':1,'policy':[{'result':7,'retryNumber':2,\
                'callInterval':90}],'noRetryPolicy':['002']}]\",\"policyType\":0}";
    assert_eq!(server.posted(), [body]);
    assert_eq!(server.policy(VDN, 46).unwrap().meaning, meant);
    assert_eq!(workspace.resources().len(), 0);
}

#[test]
fn restore_with_nothing_before_is_like_abandon() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    let plan = workspace.plan_with(&["-destroy"]).finds_changes();
    plan.warning().says(&[
        NOT_DELETED,
        "the campaign had none",
        "was imported",
        "could not be queried",
    ]);
    server.clear_requests();
    workspace.destroy().succeeds();
    assert_eq!(server.posted(), [""; 0]);
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
}

#[test]
fn restore_on_a_campaign_that_is_gone_has_nothing_to_do() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    assert!(server.remove_campaign(VDN, 46));
    let arguments = ["destroy", "-json", "-auto-approve", "-refresh=false"];
    workspace.run(&arguments).succeeds();
    assert_eq!(workspace.resources().len(), 0);
}

#[test]
fn prevent_is_an_error_before_anything_happens() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("prevent")));
    workspace.apply().succeeds();
    server.clear_requests();

    let refused = workspace.plan_with(&["-destroy"]).fails().error();
    refused.says(&["Destroy Prevented", "25/46", "apply first"]);
    workspace.destroy().fails();
    workspace.write("");
    workspace
        .plan()
        .fails()
        .error()
        .says(&["Destroy Prevented"]);

    workspace.write(&resource(47, &with_deletion_policy("prevent")));
    let replaced = workspace.plan().fails().error();
    replaced
        .says(&["Destroy Prevented", "25/46"])
        .points_at("deletion_policy");
    assert_eq!(server.posted(), [""; 0]);

    // As the message says: allow it first.
    workspace.write(&resource(46, &with_deletion_policy("abandon")));
    workspace.apply().succeeds();
    workspace.destroy().succeeds();
}

#[test]
fn a_replacement_restores_the_campaign_that_is_left() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let restore = |campaign, policy: &str| {
        resource(
            campaign,
            &format!("{policy}  deletion_policy = \"restore\"\n"),
        )
    };
    let workspace = Workspace::new(&server);
    workspace.write(&restore(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    workspace.write(&restore(47, &common(3, 1)));
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
    assert_eq!(server.kept(47), Some(common_json(3, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_replacement_that_leaves_a_policy_behind_says_so_in_the_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    for (deletion_policy, reason) in [("abandon", "keeps its policy"), ("restore", "had none")] {
        workspace.write(&resource(46, &with_deletion_policy(deletion_policy)));
        workspace.apply().succeeds();
        workspace.write(&resource(47, &with_deletion_policy(deletion_policy)));
        let warning = workspace.plan().finds_changes().warning();
        warning.says(&[NOT_DELETED, "25/46", reason]);
        workspace.destroy().succeeds();
        server.remove_policy(VDN, 46);
    }
}

#[test]
fn a_replacement_of_a_tainted_resource_does_not_lose_what_was_before() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    server.set_keeps(Keeps::ClampRetryTimes);
    let workspace = Workspace::new(&server);
    let three = format!("{}  deletion_policy = \"restore\"\n", common(3, 1));
    workspace.write(&resource(46, &three));
    workspace.apply().fails();
    server.set_keeps(Keeps::AsSent);
    // Terraform does not pass the private state of a tainted resource on to its replacement.
    let refused = workspace.apply().fails().error();
    refused.says(&["25/46", "tainted", "run terraform untaint"]);
    workspace
        .run(&["untaint", "isales_retry_policy.this"])
        .succeeds();
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(3, 1)));
    workspace.plan().finds_no_changes();
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}

#[test]
fn a_tainted_resource_can_be_destroyed() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    workspace
        .run(&["taint", "isales_retry_policy.this"])
        .succeeds();
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}
