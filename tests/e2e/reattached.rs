//! A provider that a person has started with `--debug`, and that Terraform attaches to.

use std::{
    fs,
    process::{Command, Stdio},
};

use nix::sys::signal::Signal;

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{ACCESS_KEY, Observed as _, SECRET_KEY, server},
    terraform::{Running, Workspace},
};

const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

#[test]
fn one_process_serves_several_commands() {
    let server = server();
    let mut workspace = Workspace::new(&server);
    // So that there is no other provider to be found.
    fs::remove_file(workspace.path("../plugins/terraform-provider-isales")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_terraform-provider-isales"));
    command
        .arg("--debug")
        .env_clear()
        .env("TMPDIR", workspace.path("../tmp"))
        // Its environment is its own, not Terraform's.
        .env("ISALES_ACCESS_KEY", ACCESS_KEY)
        .env("ISALES_SECRET_KEY", SECRET_KEY)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut provider = Running::start(command).unwrap();
    let line = provider.says("}'");
    let quoted = line.trim().strip_prefix(VARIABLE).expect("the variable");
    workspace.env(VARIABLE, quoted.trim_matches(['=', '\'']));

    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.plan().finds_changes();
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
    workspace.write(&resource(46, &common(2, 1)));
    workspace.apply().succeeds().without_warnings();
    assert_eq!(server.kept(46), Some(common_json(2, 1)));
    workspace.destroy().succeeds();
    assert!(!provider.has_ended());

    provider.signal(Signal::SIGTERM);
    assert!(provider.output().status.success());
}
