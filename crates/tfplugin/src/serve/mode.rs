//! How the process was started, and by which name.

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

/// How the process was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// By Terraform: cookie and TLS as the host demands, until the host ends it.
    Hosted,
    /// By a person with `--debug`: no cookie, no TLS, until Ctrl-C.
    Debug,
}
