//! Adopting policies that are on the server already.

use std::fs;

use test_support::{
    needs,
    policies::{GLOBAL_COMMON, TYPED_RESULT, named, resource},
    server::{Observed as _, VDN, server},
    terraform::{Workspace, connection},
};

const TYPED_JSON: &str =
    "[{'dataType':'ST','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";

#[test]
fn an_imported_policy_has_no_changes() {
    let server = server();
    server.set_policy(VDN, 46, 1, TYPED_JSON).unwrap();
    server.set_policy(VDN, 47, 1, TYPED_JSON).unwrap();
    server.set_policy(VDN, 48, 1, TYPED_JSON).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&named("by_path", 46, TYPED_RESULT));
    workspace
        .import("isales_retry_policy.by_path", "25/46")
        .succeeds();
    workspace.plan().finds_no_changes().without_warnings();

    workspace.write_file("more.tf", &named("by_campaign", 47, TYPED_RESULT));
    workspace
        .import("isales_retry_policy.by_campaign", "47")
        .succeeds();
    workspace.plan().finds_no_changes().without_warnings();

    let block = "import {\n  to = isales_retry_policy.by_block\n  id = \"25/48\"\n}\n";
    let by_block = named("by_block", 48, TYPED_RESULT);
    workspace.write_file("block.tf", &format!("{block}{by_block}"));
    let planned = workspace.apply().succeeds().without_warnings();
    assert!(planned.stdout.contains("1 imported, 0 added, 0 changed"));
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
}

#[test]
fn an_import_by_identity_has_no_changes() {
    needs!(ImportByIdentity);
    let server = server();
    server.set_policy(VDN, 46, 1, TYPED_JSON).unwrap();
    let workspace = Workspace::new(&server);
    let block = "import {\n  to = isales_retry_policy.this\n  identity = {\n    vdn_id = 25\n    \
                 campaign_id = 46\n  }\n}\n";
    workspace.write(&format!("{block}{}", resource(46, TYPED_RESULT)));
    let applied = workspace.apply().succeeds().without_warnings();
    assert!(applied.stdout.contains("1 imported, 0 added, 0 changed"));
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
}

#[test]
fn the_configuration_of_an_import_can_be_generated() {
    let server = server();
    let policies = [
        (1, TYPED_JSON),
        (
            0,
            "[{'type':0,'retryTimes':2,'retryDay':3,'noRetryPolicy':['002']}]",
        ),
    ];
    let workspace = Workspace::new(&server);
    let mut blocks = String::new();
    for (index, (policy_type, policy_json)) in policies.into_iter().enumerate() {
        let campaign = 46 + i64::try_from(index).unwrap();
        server
            .set_policy(VDN, campaign, policy_type, policy_json)
            .unwrap();
        blocks.push_str(&format!(
            "import {{\n  to = isales_retry_policy.made_{campaign}\n  id = \"25/{campaign}\"\n}}\n"
        ));
    }
    workspace.write(&blocks);
    // -detailed-exitcode says 2: there is something to import.
    workspace
        .plan_with(&["-generate-config-out=generated.tf"])
        .finds_changes();
    let generated = fs::read_to_string(workspace.path("generated.tf")).unwrap();
    assert!(generated.contains("\"ST\""), "{generated}");
    let applied = workspace.apply().succeeds().without_warnings();
    assert!(applied.stdout.contains("2 imported, 0 added, 0 changed"));
    workspace.plan().finds_no_changes().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
}

#[test]
fn an_import_of_another_policy_shows_the_difference() {
    let server = server();
    server.set_policy(VDN, 46, 1, TYPED_JSON).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace
        .import("isales_retry_policy.this", "46")
        .succeeds();
    workspace.plan().finds_changes();
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}

#[test]
fn wrong_ids_and_nothing_to_import_are_explained() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let cases = [
        (
            "46a",
            vec!["Invalid Import ID", "\"46a\"", "vdn_id/campaign_id"],
        ),
        ("25/", vec!["Invalid Import ID"]),
        ("0/46", vec!["Invalid Import ID"]),
        ("10000/46", vec!["Invalid Import ID"]),
        ("25/46/1", vec!["Invalid Import ID"]),
        ("25/-1", vec!["Invalid Import ID"]),
        ("25/46", vec!["Nothing To Import", "has no retry policy"]),
        (
            "25/4711",
            vec!["Nothing To Import", "CC-iSales has no campaign 25/4711"],
        ),
    ];
    for (id, words) in cases {
        let text = workspace
            .import("isales_retry_policy.this", id)
            .fails()
            .text();
        for word in words {
            assert!(text.contains(word), "{id}: not {word:?} in {text}");
        }
    }
    let without_vdn = connection(&server).replace("vdn_id       = 25\n", "\n");
    workspace.configure(&without_vdn);
    let text = workspace
        .import("isales_retry_policy.this", "46")
        .fails()
        .text();
    assert!(text.contains("Missing VDN ID"), "{text}");
    assert_eq!(workspace.resources().len(), 0);
}
