//! The built provider as `terraform init` finds it without a network.

use std::{fs, path::Path};

use test_support::terraform::{Workspace, add_to_mirror, only_mirror};

/// Puts the provider into a filesystem mirror of the workspace, the only place that Terraform
/// looks in.
pub fn install(workspace: &mut Workspace) {
    let mirror = workspace.path("../mirror");
    let provider = Path::new(env!("CARGO_BIN_EXE_terraform-provider-isales"));
    add_to_mirror(
        &mirror,
        "isales/isales",
        env!("CARGO_PKG_VERSION"),
        provider,
    );
    let settings = workspace.path("../mirror.rc");
    fs::write(&settings, only_mirror(&mirror)).expect("a file");
    workspace.env("TF_CLI_CONFIG_FILE", settings.to_str().unwrap());
}
