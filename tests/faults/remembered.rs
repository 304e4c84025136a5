//! The policy from before Terraform, which a failure must not wipe from the private state.

use isales_simulator::{Fault, Script};

use test_support::{
    policies::{common, common_json, resource},
    server::{Observed as _, VDN, server},
    terraform::{Workspace, connection},
};

#[test]
fn a_destroy_restores_after_creates_updates_and_destroys_that_failed() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.configure(&format!("{}  max_retries = 0\n", connection(&server)));
    let restore = |retry_times| {
        let arguments = common(retry_times, 1) + "  deletion_policy = \"restore\"\n";
        workspace.write(&resource(46, &arguments));
    };
    let fails_once = |fault| server.script(Script::fault(fault).method("POST"));
    let before = common_json(9, 9);
    server.set_policy(VDN, 46, 0, &before).unwrap();

    // Stored and not confirmed: tainted.
    restore(1);
    fails_once(Fault::GatewayTimeout);
    workspace.apply().fails();
    let untaint = ["untaint", "isales_retry_policy.this"];
    workspace.run(&untaint).succeeds();
    workspace.apply().succeeds();
    assert_eq!(server.kept(46), Some(common_json(1, 1)));

    restore(2);
    fails_once(Fault::InternalServerError);
    workspace.apply().fails();
    fails_once(Fault::ResetAfterStored);
    workspace.apply().fails();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));

    fails_once(Fault::BadGateway);
    workspace.destroy().fails();

    workspace.destroy().succeeds();
    assert_eq!(server.kept(46), Some(before));
    assert_eq!(workspace.resources(), [""; 0]);
}
