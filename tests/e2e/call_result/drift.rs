//! Changes behind Terraform's back, and servers that show or keep something else.

use isales_simulator::{CallResult, MissingCallResult, Script};

use super::{THIS, assert_planned, detail, made, the_one, this};
use test_support::{
    call_result::{detail_path, list_path},
    server::{VDN, server},
    terraform::Workspace,
};

#[test]
fn drift_in_each_attribute_is_shown_and_set_right() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(Some("A1"), "Text", &["00602", "00603"]));
    workspace.apply().succeeds();
    type Change = fn(&mut CallResult);
    let changes: [(Change, &str); 4] = [
        (|result| result.display_result.push('!'), "update"),
        (|result| result.obs_codes.truncate(1), "update"),
        (|result| result.obs_codes.clear(), "update"),
        // No interface changes the code, but another way might.
        (|result| result.result_code.push('9'), "replace"),
    ];
    for (change, action) in changes {
        let before = the_one(&server);
        assert!(server.change_call_result(VDN, &before.def_id, change));
        let plan = workspace.plan().finds_changes();
        assert_eq!(plan.drift(), [(THIS.to_owned(), "update".to_owned())]);
        assert_planned(&plan, action);
        workspace.apply().succeeds().without_warnings();
        let kept = the_one(&server);
        assert_eq!(
            (kept.result_code.as_str(), kept.display_result.as_str()),
            ("A1", "Text")
        );
        assert_eq!(kept.obs_codes, ["00602", "00603"]);
        workspace.plan().finds_no_changes();
    }
    // The order has no meaning, nor has another form of an accent.
    let def_id = the_one(&server).def_id;
    server.change_call_result(VDN, &def_id, |result| result.obs_codes.reverse());
    assert_eq!(workspace.plan().finds_no_changes().drift(), []);
}

#[test]
fn a_call_result_that_is_gone_is_created_anew_whatever_the_detail_says() {
    for missing in [MissingCallResult::Refused, MissingCallResult::Null] {
        let server = server();
        server.set_missing_call_result(missing);
        let workspace = Workspace::new(&server);
        workspace.write(&this(Some("A1"), "Text", &["00602"]));
        workspace.apply().succeeds().without_warnings();
        assert!(server.remove_call_result(VDN, &the_one(&server).def_id));
        let plan = workspace.plan().finds_changes();
        assert_eq!(plan.drift(), [(THIS.to_owned(), "delete".to_owned())]);
        assert_planned(&plan, "create");
        workspace.apply().succeeds().without_warnings();
        workspace.plan().finds_no_changes();
        // Gone before a destroy that does not refresh.
        assert!(server.remove_call_result(VDN, &the_one(&server).def_id));
        let destroy = ["destroy", "-json", "-auto-approve", "-refresh=false"];
        workspace.run(&destroy).succeeds().without_warnings();
        assert_eq!(workspace.resources().len(), 0);
    }
}

#[test]
fn a_call_result_that_is_listed_but_not_shown_stays_in_the_state() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(Some("A1"), "Text", &["00602"]));
    workspace.apply().succeeds();
    let detail = detail_path(VDN.into(), &the_one(&server).def_id);
    for script in [
        Script::codes("0200001", "0200001", "busy"),
        Script::reply(200, r#"{"resultCode":"0200000","obResult":null}"#),
        Script::reply(200, r#"{"resultCode":"0200000","obResult":{"defId":"1"}}"#),
        Script::reply(403, ""),
    ] {
        server.script(script.path(&detail));
        let error = workspace.plan().fails().error();
        error.says(&["could not be read", "-refresh=false"]);
        assert_eq!(workspace.resources().len(), 1);
    }
    // A list without a total, as after a reply that lost its data, is no evidence either.
    server.script(Script::codes("0200001", "0200001", "gone").path(&detail));
    let empty = Script::reply(200, r#"{"resultCode":"0200000"}"#);
    server.script(empty.path(&list_path(VDN.into())));
    workspace.plan().fails();
    assert_eq!(workspace.resources().len(), 1);
    workspace.plan().finds_no_changes();
}

#[test]
fn what_the_server_keeps_otherwise_is_an_error_that_shows_both() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(Some("A1"), "Text", &["00602"]));
    workspace.apply().succeeds();
    workspace.write(&this(Some("A1"), "Other", &["00602"]));
    let def_id = the_one(&server).def_id;
    server.script(detail(&def_id, "Cut"));
    let error = workspace.apply_with(&["-refresh=false"]).fails().error();
    error.says(&["Server Kept Another Call Result", "\"Other\"", "\"Cut\""]);
    assert_eq!(workspace.attributes(THIS)["display_result"], "Cut");
    workspace.plan().finds_no_changes();
}

#[test]
fn a_detail_that_lags_behind_a_write_is_waited_for() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&this(Some("A1"), "Old", &["00602"]));
    let gone = || Script::codes("0200001", "0200001", "no such result");
    server.script(gone().path(&detail_path(VDN.into(), "*")).times(2));
    workspace.apply().succeeds().without_warnings();
    let def_id = the_one(&server).def_id;
    workspace.write(&this(Some("A1"), "New", &["00602"]));
    server.script(detail(&def_id, "Old").times(2));
    let applied = workspace.apply_with(&["-refresh=false"]);
    applied.succeeds().without_warnings();
    assert_eq!(workspace.attributes(THIS)["display_result"], "New");
    server.script(detail(&def_id, "New").times(2));
    let destroy = ["destroy", "-json", "-auto-approve", "-refresh=false"];
    workspace.run(&destroy).succeeds().without_warnings();
    assert_eq!(made(&server), []);
}
