//! Changes made behind Terraform's back, found and repaired.

use isales_simulator::Script;

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, named, resource},
    retry_policy::path,
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

fn this(action: &str) -> [(String, String); 1] {
    [("isales_retry_policy.this".to_owned(), action.to_owned())]
}

#[test]
fn a_changed_policy_is_shown_and_set_right() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    server
        .set_policy(VDN, 46, 0, "[{'type':0,'retryTimes':5,'retryDay':2}]")
        .unwrap();

    let plan = workspace.plan().finds_changes();
    assert_eq!(plan.drift(), this("update"));
    assert_eq!(plan.planned(), this("update"));
    let arguments = ["plan", "-no-color", "-input=false"];
    let text = workspace.run(&arguments).succeeds().text();
    for difference in ["retry_times = 5 -> 1", "retry_day = 2 -> 1"] {
        assert!(text.contains(difference), "{text}");
    }

    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn another_form_of_the_same_policy_is_no_drift() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    let same = r#"[{"policy":{"retryDay":1,"retryTimes":1},"type":0,"noRetryPolicy":[]}]"#;
    server.set_policy(VDN, 46, 0, same).unwrap();
    let plan = workspace.plan().finds_no_changes();
    assert_eq!(plan.drift(), []);
}

#[test]
fn a_policy_that_is_gone_is_created_anew() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    assert!(server.remove_policy(VDN, 46));
    let plan = workspace.plan().finds_changes();
    assert_eq!(plan.drift(), this("delete"));
    assert_eq!(plan.planned(), this("create"));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_campaign_that_is_gone_can_only_be_waited_for() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    assert!(server.remove_campaign(VDN, 46));
    assert_eq!(workspace.plan().finds_changes().planned(), this("create"));

    server.clear_requests();
    let refused = workspace.apply().fails().error();
    refused
        .says(&["25/46", "0200-01", "Check vdn_id and campaign_id"])
        .points_at("campaign_id = 46");
    assert_eq!(server.posted(), [""; 0]);

    server.add_campaign(VDN, 46);
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_policy_that_cannot_be_read_stays_in_the_state() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    for script in [
        Script::reply(401, "{}"),
        Script::reply(403, "<html>blocked</html>").header("content-type", "text/html"),
        Script::codes("0200001", "0200001", "busy"),
        Script::reply(
            200,
            "{\"resultCode\":\"0200000\",\"returnCode\":\"0200000\",\"data\":{\"policyType\":0,\"policyJson\":\"[{'type':9}]\"}}",
        ),
    ] {
        server.script(script);
        let error = workspace.plan().fails().error();
        error.says(&["25/46 could not be read"]);
        assert_eq!(workspace.resources().len(), 1);
    }
    workspace.plan().finds_no_changes();
}

#[test]
fn a_policy_that_cannot_be_read_can_be_replaced() {
    let server = server();
    let workspace = Workspace::new(&server);
    let overwrite = "  on_conflict = \"overwrite\"\n";
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{overwrite}")));
    workspace.apply().succeeds();
    let body = r#"{"resultCode":"0200000","data":{"policyType":0,"policyJson":"[{'type':9}]"}}"#;
    server.script(Script::reply(200, body).method("GET").times(2));
    let error = workspace.plan().fails().error();
    error.says(&["-refresh=false", "on_conflict", "\"overwrite\""]);
    workspace.write(&resource(46, &format!("{}{overwrite}", common(2, 1))));
    let applied = workspace.apply_with(&["-refresh=false"]).succeeds();
    applied.warning().says(&["Earlier Retry Policy Not Read"]);
    assert_eq!(server.kept(46), Some(common_json(2, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn one_campaign_that_cannot_be_queried_says_nothing_of_the_server() {
    let server = server();
    let workspace = Workspace::new(&server);
    let after = format!("{GLOBAL_COMMON}  depends_on = [isales_retry_policy.first]\n");
    let two = [
        named("first", 47, GLOBAL_COMMON),
        named("second", 46, &after),
    ];
    workspace.write(&two.concat());
    workspace.apply().succeeds();
    let missing = Script::reply(404, "").method("GET").path(&path(46));
    server.script(missing.times(9));
    let plan = workspace.plan().finds_no_changes();
    plan.warning()
        .says(&["Retry Policy Cannot Be Read", "25/46"]);
}

/// Alarms on drift go by the exit status, which is 2 for a change and 0 for none.
#[test]
fn a_refresh_that_finds_nothing_ends_with_status_0() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    workspace.plan_with(&["-refresh-only"]).finds_no_changes();
    server.set_policy(VDN, 46, 0, &common_json(5, 2)).unwrap();
    workspace.plan_with(&["-refresh-only"]).finds_changes();
}
