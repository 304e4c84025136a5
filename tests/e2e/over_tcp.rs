//! A life on the listener that Windows has, a port in place of a Unix socket.

use std::{fs, os::unix::fs::symlink};

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    provider::example,
    server::{Observed as _, server},
    terraform::Workspace,
};

#[test]
fn a_policy_is_created_updated_and_destroyed() {
    let server = server();
    let workspace = Workspace::new(&server);
    let link = workspace.path("../plugins/terraform-provider-isales");
    fs::remove_file(&link).unwrap();
    symlink(example("provider-over-tcp"), link).unwrap();

    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes().without_warnings();
    workspace.write(&resource(46, &common(2, 1)));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));
    workspace.destroy().succeeds();
    assert_eq!(workspace.resources().len(), 0);
    // No socket was made.
    assert!(
        fs::read_dir(workspace.path("../tmp"))
            .unwrap()
            .next()
            .is_none()
    );
}
