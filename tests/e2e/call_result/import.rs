//! Importing call results, and generating their configuration.

use std::fs;

use super::{THIS, arguments, named, this};
use test_support::{
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

#[test]
fn call_results_are_imported_by_id_and_their_configuration_is_generated() {
    let server = server();
    let workspace = Workspace::new(&server);
    let first = server.add_call_result(VDN, "A1", "First", &["00602", "00603"]);
    let second = server.add_call_result(VDN, "A2", "Second", &["00604"]);
    workspace.write(&this(Some("A1"), "First", &["00603", "00602"]));
    workspace.import(THIS, &format!("25/{first}")).succeeds();
    workspace.plan().finds_no_changes().without_warnings();
    workspace.write_file(
        "more.tf",
        &named("more", &arguments(None, "Second", &["00604"])),
    );
    workspace
        .import("isales_call_result.more", &second)
        .succeeds();
    workspace.plan().finds_no_changes().without_warnings();

    let generated = Workspace::new(&server);
    let block = format!("import {{\n  to = isales_call_result.made\n  id = \"25/{first}\"\n}}\n");
    generated.write(&block);
    generated
        .plan_with(&["-generate-config-out=generated.tf"])
        .finds_changes();
    let text = fs::read_to_string(generated.path("generated.tf")).unwrap();
    assert!(text.contains("\"First\""), "{text}");
    let applied = generated.apply().succeeds().without_warnings();
    assert!(applied.stdout.contains("1 imported, 0 added, 0 changed"));
    generated.plan().finds_no_changes().without_warnings();
    assert_eq!(server.posted(), [""; 0]);

    for (id, words) in [
        ("25/", "Invalid Import ID"),
        ("25/a b", "Invalid Import ID"),
        ("0/1", "Invalid Import ID"),
        ("25/1/2", "Invalid Import ID"),
        ("25/4711", "Nothing To Import"),
    ] {
        let text = workspace
            .import("isales_call_result.none", id)
            .fails()
            .text();
        // The address is not in the configuration, which Terraform finds out first.
        assert!(
            text.contains(words) || text.contains("does not exist"),
            "{id}: {text}"
        );
        workspace.write_file("none.tf", &named("none", &arguments(None, "None", &["1"])));
        let text = workspace
            .import("isales_call_result.none", id)
            .fails()
            .text();
        assert!(text.contains(words), "{id}: not {words:?} in {text}");
    }
}
