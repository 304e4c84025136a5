//! Creating the resource over a policy that the campaign has already.

use isales_simulator::{Keeps, ResultCode, Script};

use test_support::{
    policies::{GLOBAL_COMMON, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

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
fn another_policy_is_replaced_with_a_warning_that_shows_it() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(5, 4)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let replaced = workspace.apply().succeeds().warning();
    replaced.says(&["Retry Policy Replaced", "25/46", &common_json(5, 4)]);
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
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
        let replaced = warnings
            .iter()
            .find(|warning| warning.summary == "Retry Policy Replaced")
            .expect("a warning that shows the policy");
        replaced.says(&[shown]);
        let text = &replaced.detail;
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
    // Refused, and confirmed without being stored.
    server.script(Script::code(ResultCode::WrongValue).method("POST"));
    workspace.apply().fails().without_warnings();
    server.set_keeps(Keeps::Nothing);
    let warning = workspace.apply().succeeds().warning();
    warning.says(&["Retry Policy Not Shown Yet", &common_json(5, 4)]);
    assert_eq!(server.kept(46), Some(common_json(5, 4)));
}
