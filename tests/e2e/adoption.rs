//! Creating the resource over a policy that the campaign has already.

use std::time::{Duration, Instant};

use isales_simulator::{Keeps, Latency, ResultCode, Script, Simulator};

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::{Diagnostic, Workspace, connection},
};

/// The warning of a plan.
const REPLACES: &str = "Create Replaces A Retry Policy";

const REPLACE: &str = "-replace=isales_retry_policy.this";

/// The methods of all requests, in their order.
fn methods(server: &Simulator) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests.map(|request| request.method).collect()
}

#[test]
fn an_equal_policy_is_adopted_in_silence() {
    let server = server();
    let equal = r#"[{"retryDay":1,"retryTimes":1,"type":0}]"#;
    server.set_policy(VDN, 46, 0, equal).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}

#[test]
fn another_policy_is_replaced_with_a_warning_that_shows_both() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(5, 4)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let shows_both = [REPLACES, "25/46", &common_json(5, 4), &common_json(1, 1)];
    let planned = workspace.plan().finds_changes().warning();
    planned.says(&shows_both);
    assert_eq!(methods(&server), ["GET"]);
    // Terraform plans in one process and applies in another, where it plans once more.
    let warnings = workspace.apply().succeeds().warnings();
    assert_eq!(warnings.len(), 2, "{warnings:#?}");
    for warning in warnings {
        warning.says(&shows_both);
    }
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes().without_warnings();
}

#[test]
fn an_apply_of_a_new_policy_makes_four_requests() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(methods(&server), ["GET", "GET", "POST", "GET"]);

    // The plan of a replacement needs no query: the refresh has made it.
    server.clear_requests();
    workspace.write(&resource(46, &common(2, 1)));
    workspace.apply_with(&[REPLACE]).succeeds();
    assert_eq!(methods(&server), ["GET", "GET", "POST", "GET"]);
}

#[test]
fn an_apply_of_a_saved_plan_reports_a_change_since_then() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let save = ["-out=create.plan"];
    workspace
        .plan_with(&save)
        .finds_changes()
        .without_warnings();
    server.set_policy(VDN, 46, 0, &common_json(7, 7)).unwrap();
    let warning = workspace.apply_with(&["create.plan"]).succeeds().warning();
    warning.says(&[REPLACES, &common_json(7, 7), &common_json(1, 1)]);
    workspace.plan().finds_no_changes();

    let other = self::server();
    other.set_policy(VDN, 46, 0, &common_json(5, 4)).unwrap();
    let workspace = Workspace::new(&other);
    let restore = "  deletion_policy = \"restore\"\n";
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{restore}")));
    let planned = workspace.plan_with(&save).finds_changes().warning();
    planned.says(&[REPLACES, &common_json(5, 4)]);
    other.set_policy(VDN, 46, 0, &common_json(7, 7)).unwrap();
    let warning = workspace.apply_with(&["create.plan"]).succeeds().warning();
    warning.says(&[REPLACES, &common_json(7, 7)]);
    // What was there right before is what a destroy restores.
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(other.kept(46), Some(common_json(7, 7)));
}

#[test]
fn a_replacement_warns_only_of_the_policy_of_another_campaign() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds();
    // Its own policy.
    workspace.write(&resource(46, &common(2, 1)));
    let replaced = workspace.plan_with(&[REPLACE]).finds_changes();
    replaced.without_warnings();
    // Tainted, as after a create in doubt: Terraform plans a new object.
    let taint = ["taint", "isales_retry_policy.this"];
    workspace.run(&taint).succeeds();
    let planned = workspace.plan().finds_changes();
    planned.without_warnings();
    let applied = workspace.apply().succeeds();
    applied.warning().says(&["Retry Policy Not Deleted"]);

    server.set_policy(VDN, 47, 0, &common_json(5, 4)).unwrap();
    workspace.write(&resource(47, &common(2, 1)));
    let warnings = workspace.plan().finds_changes().warnings();
    let [kept, replaces] = &warnings[..] else {
        panic!("{warnings:#?}");
    };
    kept.says(&["Retry Policy Not Deleted", "25/46"]);
    replaces.says(&[REPLACES, "25/47", &common_json(5, 4), &common_json(2, 1)]);
}

#[test]
fn a_server_that_does_not_answer_holds_up_a_plan_once() {
    let server = server();
    server.set_latency(Latency::before(Duration::from_secs(3600)));
    let workspace = Workspace::new(&server);
    let many = format!("  count = 25\n{GLOBAL_COMMON}");
    workspace.write(&resource("count.index + 1", &many));
    let began = Instant::now();
    workspace.plan().finds_changes().without_warnings();
    let taken = began.elapsed();
    assert!(taken >= Duration::from_secs(5), "{taken:?}");
    assert!(taken < Duration::from_secs(60), "{taken:?}");
    // Terraform plans ten at a time.
    assert!(server.requests().len() <= 10);
}

#[test]
fn a_server_that_is_down_fails_no_plan() {
    let server = server();
    let workspace = Workspace::new(&server);
    let nowhere = connection(&server).replace(server.endpoint(), "https://localhost:9");
    workspace.configure(&nowhere);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.plan().finds_changes().without_warnings();
}

#[test]
fn a_policy_is_shown_without_what_controls_a_terminal_and_cut() {
    let server = server();
    let hostile = |data_type: &str| {
        format!("[{{'dataType':'{data_type}','type':0,'retryTimes':1,'retryDay':1}}]")
    };
    let hidden = "a\\u001b[2J\\n\u{9b}31m\u{202e}b";
    server.set_policy(VDN, 46, 1, &hostile(hidden)).unwrap();
    let long = "x\u{202e}".repeat(100_000);
    server.set_policy(VDN, 47, 1, &hostile(&long)).unwrap();
    let workspace = Workspace::new(&server);
    for (campaign, shown) in [
        (46, "a\\u001b[2J\\u000a\\u{9b}31m\\u{202e}b"),
        (47, "x\\u{202e}x"),
    ] {
        workspace.write(&resource(campaign, GLOBAL_COMMON));
        let warnings = workspace.apply().succeeds().warnings();
        let replaces = warnings
            .iter()
            .find(|warning| warning.summary == "Create Replaces A Retry Policy")
            .expect("a warning that shows the policy");
        replaces.says(&[shown]);
        let text = &replaces.detail;
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text}");
        assert!(text.len() < 6_000, "{} bytes", text.len());
    }
}

#[test]
fn a_policy_that_stays_is_not_said_to_be_replaced() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(5, 4)).unwrap();
    let workspace = Workspace::new(&server);
    let short = "  timeouts = { create = \"2s\" }\n";
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}{short}")));
    let not_replaced = |warnings: Vec<Diagnostic>| {
        let mut others = warnings;
        others.retain(|warning| warning.summary != REPLACES);
        others
    };
    // Refused, and confirmed without being stored.
    server.script(Script::code(ResultCode::WrongValue).method("POST"));
    let refused = workspace.apply().fails();
    assert_eq!(not_replaced(refused.warnings()).len(), 0, "{refused:?}");
    server.set_keeps(Keeps::Nothing);
    let warnings = not_replaced(workspace.apply().succeeds().warnings());
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    warnings[0].says(&["Retry Policy Not Shown Yet", &common_json(5, 4)]);
    assert_eq!(server.kept(46), Some(common_json(5, 4)));
}
