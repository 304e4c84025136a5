//! A filesystem mirror, from which `terraform init` takes a provider without a network.

use std::{fs, os::unix::fs::symlink, path::Path};

use super::program;

/// The registries in which Terraform and OpenTofu look for a source without a host.
pub const REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// Puts a provider into a mirror, under its address in each registry. `source` is such as
/// `namespace/name`.
pub fn add_to_mirror(mirror: &Path, source: &str, version: &str, provider: &Path) {
    let (_, name) = source.split_once('/').expect("namespace/name");
    for registry in REGISTRIES {
        let package = mirror
            .join(registry)
            .join(source)
            .join(version)
            .join(&program().platform);
        fs::create_dir_all(&package).expect("a folder");
        let binary = package.join(format!("terraform-provider-{name}_v{version}"));
        symlink(provider, binary).expect("a link");
    }
}

/// The CLI configuration that makes a mirror the only place to look in.
pub fn only_mirror(mirror: &Path) -> String {
    format!("provider_installation {{\n  filesystem_mirror {{\n    path = {mirror:?}\n  }}\n}}\n")
}
