//! A folder in which Terraform runs: the provider's resources, or Terraform's own of the same size.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use isales_simulator::Simulator;
use tempfile::TempDir;

use crate::PROVIDER;

/// The VDN of all campaigns.
pub const VDN: u16 = 25;

/// Whose resources a workspace has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `isales_retry_policy`.
    Provider,
    /// `terraform_data`, which no plugin is started for.
    BuiltIn,
}

#[derive(Debug)]
pub struct Workspace {
    folder: TempDir,
}

/// The arguments of one policy. A `terraform_data` holds them as its input.
const PAYLOAD: &str = "
  campaign_id = count.index + 1
  policy_type = 0
  policy_json = [{
    type   = 1
    policy = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }]
";

// === impl Workspace ===

impl Workspace {
    /// So many resources, not applied yet.
    pub fn new(kind: Kind, count: usize, server: &Simulator) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Self { folder };
        let write = |name: &str, text: String| {
            fs::write(workspace.path(name), text).expect("a file");
        };
        let program = PathBuf::from(PROVIDER);
        let plugins = program.parent().expect("a folder");
        write(
            "terraform.rc",
            format!(
                "provider_installation {{\n  dev_overrides {{ \"isales/isales\" = {plugins:?} }}\n  direct {{}}\n}}\n"
            ),
        );
        let main = match kind {
            Kind::Provider => format!(
                "terraform {{\n  required_providers {{\n    isales = {{ source = \"isales/isales\" }}\n  }}\n}}\n\
                 provider \"isales\" {{\n  endpoint = \"{}\"\n  vdn_id = {VDN}\n  ca_cert_file = {:?}\n}}\n\
                 resource \"isales_retry_policy\" \"this\" {{\n  count = {count}\n{PAYLOAD}}}\n",
                server.endpoint(),
                server.ca_file(),
            ),
            Kind::BuiltIn => format!(
                "resource \"terraform_data\" \"this\" {{\n  count = {count}\n  input = {{{PAYLOAD}}}\n}}\n"
            ),
        };
        write("main.tf", main);
        if kind == Kind::BuiltIn {
            workspace.run(&["init"]);
        }
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn validate(&self) -> f64 {
        self.run(&["validate"])
    }

    /// A plan that has nothing to change: everything was applied before.
    pub fn plan(&self) -> f64 {
        self.run(&["plan", "-detailed-exitcode"])
    }

    pub fn apply(&self) -> f64 {
        self.run(&["apply", "-auto-approve"])
    }

    pub fn destroy(&self) -> f64 {
        self.run(&["destroy", "-auto-approve"])
    }

    /// Runs a command and returns how long it took, in seconds.
    fn run(&self, arguments: &[&str]) -> f64 {
        let mut command = Command::new("terraform");
        command
            .args(arguments)
            .args((arguments != ["validate"]).then_some("-input=false"))
            .arg("-no-color")
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("TF_CLI_CONFIG_FILE", self.path("terraform.rc"))
            .env("CHECKPOINT_DISABLE", "1")
            .env("ISALES_ACCESS_KEY", "EXAMPLEAK")
            .env("ISALES_SECRET_KEY", "EXAMPLESK")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let begun = Instant::now();
        let output = command.output().expect("terraform is in PATH");
        let time = begun.elapsed().as_secs_f64();
        assert!(
            output.status.success(),
            "terraform {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        time
    }
}
