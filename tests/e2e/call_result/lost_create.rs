//! Creates whose reply is lost: never a second call result, nor somebody else's.

use std::collections::BTreeSet;

use isales_simulator::{Fault, Script};

use super::{THIS, arguments, made, named, the_one, this};
use test_support::{
    call_result::list_path,
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

#[test]
fn a_lost_create_never_makes_a_second_call_result() {
    for is_open in [true, false] {
        let server = server();
        let workspace = Workspace::new(&server);
        // An equal one that somebody else has made, which must not be taken over.
        let older = server.add_call_result(VDN, "A1", "Text", &["00602"]);
        workspace.write(&this(Some("A1"), "Text", &["00602"]));
        let fault = if is_open {
            Fault::ResetBeforeStored
        } else {
            Fault::ResetAfterStored
        };
        server.script(Script::fault(fault).method("POST").times(9));
        if is_open {
            let error = workspace.apply().fails().error();
            error.says(&[
                "may have taken effect",
                "no new call result like it",
                "Before you apply again",
            ]);
            assert_eq!(workspace.resources().len(), 0);
            assert_eq!(the_one(&server).def_id, older);
            server.clear_scripts();
            workspace.apply().succeeds();
        } else {
            workspace.apply().succeeds().without_warnings();
        }
        assert_eq!(made(&server).len(), 2);
        assert_ne!(workspace.attributes(THIS)["def_id"], older.as_str());
        server.clear_scripts();
        workspace.plan().finds_no_changes();
        assert_eq!(server.received("POST").len(), if is_open { 2 } else { 1 });
    }
}

#[test]
fn call_results_that_cannot_be_told_apart_are_named_and_nothing_is_tainted() {
    let server = server();
    let workspace = Workspace::new(&server);
    let ids: Vec<_> = (0..2)
        .map(|_| server.add_call_result(VDN, "A1", "Text", &["00602"]))
        .collect();
    workspace.write(&this(Some("A1"), "Text", &["00602"]));
    // The list does not show them yet, and the reply to the create is lost.
    let empty = r#"{"resultCode":"0200000","totalCount":0,"data":[]}"#;
    server.script(Script::reply(200, empty).path(&list_path(VDN.into())));
    server.script(Script::fault(Fault::ResetBeforeStored).method("POST"));
    let error = workspace.apply().fails().error();
    error.says(&["New Call Result Not Identified", "Several new call results"]);
    for id in &ids {
        error.says(&[&format!("25/{id}")]);
    }
    assert_eq!(workspace.resources().len(), 0);
    // What the message says.
    let import = workspace.import(THIS, &format!("25/{}", ids[1]));
    import.succeeds();
    workspace.plan().finds_no_changes();
    assert_eq!(made(&server).len(), 2);
}

#[test]
fn equal_call_results_are_created_one_after_the_other_and_not_mixed_up() {
    let server = server();
    let workspace = Workspace::new(&server);
    let three = arguments(None, "Text", &["00602"]) + "\ncount = 3";
    workspace.write(&named("this", &three));
    let lost = Script::fault(Fault::ResetAfterStored).method("POST");
    server.script(lost.times(2));
    workspace.apply().succeeds().without_warnings();
    let ids: BTreeSet<_> = workspace
        .resources()
        .into_iter()
        .map(|resource| resource["values"]["def_id"].to_string())
        .collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(made(&server).len(), 3);
    workspace.plan().finds_no_changes();
}
