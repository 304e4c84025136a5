//! The mode in which the process runs, and its name.

/// The registries in which Terraform and OpenTofu look for a source without a host.
const DEFAULT_REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// The name and version of a plugin.
#[derive(Clone, Copy, Debug)]
pub struct PluginInfo {
    /// The name of the binary, such as `terraform-provider-example`.
    pub name: &'static str,
    /// The version of the release, such as `1.2.3`.
    pub version: &'static str,
    /// The provider's `source` in a configuration: `namespace/name`, or `host/namespace/name` if it is
    /// not in the default registry.
    pub source: &'static str,
    /// The commands for people that the binary has in addition: the first argument, and a sentence
    /// for `--help`. The binary handles them itself, before it calls [`Command::parse`].
    ///
    /// [`Command::parse`]: super::Command::parse
    pub commands: &'static [(&'static str, &'static str)],
}

/// The mode in which the process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Started by Terraform: uses the cookie and TLS of the host, and runs until the host ends it.
    Hosted,
    /// Started by a person with `--debug`: without cookie and TLS, until Ctrl-C.
    Debug,
}

// === impl PluginInfo ===

impl PluginInfo {
    /// Returns the full addresses by which hosts know the provider. Each program completes a source
    /// without a host by its own registry.
    pub(super) fn addresses(&self) -> Vec<String> {
        if self.source.split('/').count() > 2 {
            return vec![self.source.to_owned()];
        }
        let in_registry = |registry| format!("{registry}/{}", self.source);
        DEFAULT_REGISTRIES.map(in_registry).into()
    }

    /// Returns the variable with the log level of this provider alone, such as
    /// `TF_LOG_PROVIDER_EXAMPLE`.
    pub(super) fn log_level_variable(&self) -> String {
        let name = self.source.rsplit('/').next().unwrap_or_default();
        let name = name.replace('-', "_").to_ascii_uppercase();
        format!("TF_LOG_PROVIDER_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(source: &'static str) -> Vec<String> {
        let (name, version) = ("terraform-provider-example", "1.2.3");
        let info = PluginInfo {
            name,
            version,
            source,
            commands: &[],
        };
        info.addresses()
    }

    #[test]
    fn a_source_without_a_host_is_in_the_registry_of_each_program() {
        assert_eq!(
            addresses("example/example"),
            [
                "registry.terraform.io/example/example",
                "registry.opentofu.org/example/example",
            ]
        );
        let private = "registry.example.com/example/example";
        assert_eq!(addresses(private), [private]);
    }
}
