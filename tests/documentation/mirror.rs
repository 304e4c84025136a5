//! The built provider as `terraform init` finds it without a network.

use std::{fs, os::unix::fs::symlink};

use serde_json::Value;

use test_support::terraform::Workspace;

/// Puts the provider into a filesystem mirror of the workspace, the only place that Terraform
/// looks in.
pub fn install(workspace: &mut Workspace) {
    let version: Value =
        serde_json::from_str(&workspace.run(&["version", "-json"]).stdout).unwrap();
    let platform = version["platform"].as_str().expect("a platform");
    let number = env!("CARGO_PKG_VERSION");
    let mirror = workspace.path("../mirror");
    let package = format!("registry.terraform.io/isales/isales/{number}/{platform}");
    let package = mirror.join(package);
    fs::create_dir_all(&package).expect("a folder");
    let binary = package.join(format!("terraform-provider-isales_v{number}"));
    symlink(env!("CARGO_BIN_EXE_terraform-provider-isales"), binary).expect("a link");
    let settings = workspace.path("../mirror.rc");
    let text =
        format!("provider_installation {{\n  filesystem_mirror {{ path = {mirror:?} }}\n}}\n");
    fs::write(&settings, text).expect("a file");
    workspace.env("TF_CLI_CONFIG_FILE", settings.to_str().unwrap());
}
