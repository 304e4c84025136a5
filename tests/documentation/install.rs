//! `scripts/install`, which `make install` runs.

use std::{fs, process::Command};

use test_support::terraform::{REGISTRIES, Workspace, program};

use crate::repository::root;

#[test]
fn an_installed_provider_is_found_without_settings_and_without_a_network() {
    let mut workspace = Workspace::unconfigured();
    let settings = workspace.path("../none.rc");
    fs::write(&settings, "").unwrap();
    workspace.env("TF_CLI_CONFIG_FILE", settings.to_str().unwrap());
    let plugins = workspace.path("../home/.terraform.d/plugins");
    let output = Command::new(root().join("scripts/install"))
        .arg(env!("CARGO_BIN_EXE_terraform-provider-isales"))
        .arg(&plugins)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");

    let version = env!("CARGO_PKG_VERSION");
    for registry in REGISTRIES {
        let package = format!("{registry}/isales/isales/{version}/{}", program().platform);
        let binary = format!("{package}/terraform-provider-isales_v{version}");
        assert!(plugins.join(&binary).exists(), "{binary}");
    }
    workspace
        .run(&["init", "-input=false", "-no-color"])
        .succeeds();
    workspace.validate().succeeds();
}
