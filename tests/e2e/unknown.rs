//! Values that are unknown until apply.

use isales_simulator::Simulator;
use test_support::{
    policies::{GLOBAL_COMMON, common, resource},
    server::{Observed as _, VDN, server},
    terraform::Workspace,
};

const THIS: &str = "isales_retry_policy.this";

/// A workspace whose provider takes its VDN from another resource.
fn with_vdn_of_a_resource(server: &Simulator) -> Workspace {
    let mut workspace = Workspace::new(server);
    workspace.env("ISALES_ENDPOINT", server.endpoint());
    workspace.env("ISALES_CA_CERT_FILE", server.ca_file().to_str().unwrap());
    workspace.configure("  vdn_id = terraform_data.vdn.output\n");
    workspace
}

/// The other resource: a new trigger makes it anew.
fn vdn(trigger: &str, vdn_id: u16) -> String {
    format!(
        "resource \"terraform_data\" \"vdn\" {{\n  triggers_replace = \"{trigger}\"\n  \
         input = {vdn_id}\n}}\n"
    )
}

#[test]
fn several_codes_may_be_unknown() {
    let server = server();
    let workspace = Workspace::new(&server);
    let configuration = |trigger: &str| {
        let codes = format!(
            "resource \"terraform_data\" \"code\" {{\n  for_each = toset([\"002\", \"007\"])\n  \
             triggers_replace = \"{trigger}\"\n  input = each.key\n}}\n"
        );
        let policy = "policy_type = 0\n policy_json = [{ type = 0, retry_times = 1, retry_day = 1, \
                      no_retry_policy = [for code in terraform_data.code : code.output] }]";
        codes + &resource(46, policy)
    };
    let kept = "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002','007']}]";
    workspace.write(&configuration("one"));
    workspace.plan().finds_changes().without_warnings();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46).as_deref(), Some(kept));
    workspace.plan().finds_no_changes();

    // An update that comes to nothing once the codes are known.
    workspace.write(&configuration("two"));
    server.clear_requests();
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
    workspace.plan().finds_no_changes();
}

#[test]
fn an_unknown_vdn_of_the_provider_replaces_nothing() {
    let server = server();
    let workspace = with_vdn_of_a_resource(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.write_file("vdn.tf", &vdn("one", VDN));
    workspace.apply().succeeds();
    server.clear_requests();

    let other = ("terraform_data.vdn".to_owned(), "replace".to_owned());
    workspace.write_file("vdn.tf", &vdn("two", VDN));
    assert_eq!(workspace.plan().finds_changes().planned(), [other]);
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.posted(), [""; 0]);
    workspace.plan().finds_no_changes();

    // What else changes is planned for that VDN, which is said.
    workspace.write_file("vdn.tf", &vdn("changed", VDN));
    workspace.write(&resource(46, &common(2, 5)));
    let changed = workspace.plan().finds_changes();
    changed.warning().says(&["VDN Assumed", "25"]);
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes().without_warnings();

    // Another VDN shows once it is known.
    workspace.write_file("vdn.tf", &vdn("three", test_support::server::OTHER_VDN));
    workspace.apply().succeeds();
    assert_eq!(workspace.attributes(THIS)["id"], "25/46");
    let replaced = (THIS.to_owned(), "replace".to_owned());
    assert_eq!(workspace.plan().finds_changes().planned(), [replaced]);
}

#[test]
fn an_unknown_vdn_of_the_provider_is_not_called_missing() {
    let server = server();
    let workspace = with_vdn_of_a_resource(&server);
    workspace.write_file("vdn.tf", &vdn("one", VDN));
    workspace.write("data \"isales_retry_policy\" \"this\" {\n  campaign_id = 46\n}\n");
    let error = workspace.plan().fails().error();
    error.says(&["Provider Configuration Not Known Yet", "vdn_id", "-target"]);

    let import = format!("import {{\n  to = {THIS}\n  id = \"46\"\n}}\n");
    workspace.write(&(resource(46, GLOBAL_COMMON) + &import));
    let error = workspace.plan().fails().error();
    error.says(&[
        "Provider Configuration Not Known Yet",
        "vdn_id",
        "vdn_id/campaign_id",
    ]);
}
