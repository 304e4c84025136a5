//! The mode in which the process runs, and its name.

/// The name and version of a plugin.
#[derive(Clone, Copy, Debug)]
pub struct PluginInfo {
    /// The name of the binary, such as `terraform-provider-example`.
    pub name: &'static str,
    /// The version of the release, such as `1.2.3`.
    pub version: &'static str,
    /// The provider's full address in a registry, such as `registry.terraform.io/namespace/name`.
    pub address: &'static str,
}

/// The mode in which the process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Started by Terraform: uses the cookie and TLS of the host, and runs until the host ends it.
    Hosted,
    /// Started by a person with `--debug`: without cookie and TLS, until Ctrl-C.
    Debug,
}
