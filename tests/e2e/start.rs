//! Starts of the provider in odd surroundings.

use std::fs;

use test_support::{
    policies::{GLOBAL_COMMON, resource},
    server::server,
    terraform::Workspace,
};

#[test]
fn a_folder_for_temporary_files_that_can_hold_no_socket_is_passed_over() {
    let server = server();
    let mut workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let long = workspace.path("").join("long".repeat(50));
    fs::create_dir(&long).unwrap();
    assert!(long.as_os_str().len() > 200);
    // Nobody, not even root, can write to the last one.
    for unusable in [long.to_str().unwrap(), "/nowhere/at/all", "/proc"] {
        workspace.env("TMPDIR", unusable);
        workspace.plan().finds_changes().without_warnings();
    }
}

#[test]
fn a_start_that_fails_shows_its_reason() {
    let server = server();
    let mut workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.env("PLUGIN_UNIX_SOCKET_GROUP", "no such group");
    let reason = "cannot give the socket to the group \"no such group\"";
    workspace.plan().fails().error().says(&[reason]);

    workspace.env("TF_LOG", "ERROR");
    let failed = workspace.plan().fails();
    assert!(failed.stderr.contains(reason), "{}", failed.stderr);
}
