//! Two objects of Terraform's for one campaign in one run: the old one does not undo the new one.

use test_support::{
    policies::{common, common_json, named, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const THIS: &str = "isales_retry_policy.this";
const REPLACE: &str = "-replace=isales_retry_policy.this";
const ALREADY_REPLACED: &str = "Retry Policy Already Replaced In This Run";

fn with_deletion_policy(name: &str) -> String {
    format!("{}  deletion_policy = \"{name}\"\n", common(1, 1))
}

fn created_before_destroyed(deletion_policy: &str) -> String {
    let lifecycle = "  lifecycle {\n    create_before_destroy = true\n  }\n";
    resource(
        46,
        &format!("{}{lifecycle}", with_deletion_policy(deletion_policy)),
    )
}

#[test]
fn a_replaced_object_does_not_restore_over_its_replacement() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&created_before_destroyed("restore"));
    workspace.apply().succeeds();

    let replaced = workspace.apply_with(&[REPLACE]).succeeds();
    // Terraform does not pass on what the old object remembers, so the user has to note it.
    let warning = replaced.warning();
    warning.says(&[ALREADY_REPLACED, "25/46", &common_json(9, 9)]);
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_replaced_object_goes_although_destroying_is_prevented() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&created_before_destroyed("prevent"));
    workspace.apply().succeeds();
    let replaced = workspace.apply_with(&[REPLACE]).succeeds();
    replaced.warning().says(&[ALREADY_REPLACED, "25/46"]);
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    assert_eq!(workspace.resources().len(), 1);
    workspace.plan().finds_no_changes();
}

#[test]
fn a_replacement_remembers_the_policy_from_before_terraform() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("abandon")));
    workspace.apply().succeeds();
    workspace.apply_with(&[REPLACE]).succeeds();

    workspace.write(&resource(46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
}

#[test]
fn a_replacement_for_another_campaign_remembers_that_one() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    server.set_policy(VDN, 47, 0, &common_json(8, 8)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    workspace.write(&resource(47, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    assert_eq!(workspace.attributes(THIS)["id"], "25/47");
    workspace.destroy().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(9, 9)));
    assert_eq!(server.kept(47), Some(common_json(8, 8)));
}

#[test]
fn a_resource_under_another_name_keeps_its_policy_in_either_order() {
    let server = server();
    server.set_policy(VDN, 46, 0, &common_json(9, 9)).unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&named("old", 46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    workspace.write(&named("new", 46, &with_deletion_policy("restore")));
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    assert_eq!(workspace.resources().len(), 1);
    workspace.plan().finds_no_changes();
}
