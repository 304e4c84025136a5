//! A folder in which Terraform runs: the provider's resources, or Terraform's own of the same size.

use std::{
    fs,
    io::{Write as _, stderr},
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use isales_simulator::Simulator;
use serde_json::{Value as Json, json};
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

/// The policy of [`PAYLOAD`] as the server keeps it.
const POLICY_JSON: &str = "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";

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

fn instance(kind: Kind, first: &Json, index: usize, server: &Simulator) -> Json {
    let campaign_id = i64::try_from(index + 1).expect("a small number");
    let mut copy = first.clone();
    copy["index_key"] = json!(index);
    let attributes = &mut copy["attributes"];
    match kind {
        Kind::Provider => {
            server
                .set_policy(VDN, campaign_id, 0, POLICY_JSON)
                .expect("a campaign");
            let kept = server.policy(VDN, campaign_id).expect("it was set");
            attributes["campaign_id"] = json!(campaign_id);
            attributes["id"] = json!(format!("{VDN}/{campaign_id}"));
            attributes["retry_policy_id"] = json!(kept.retry_policy_id);
        }
        Kind::BuiltIn => {
            for side in ["input", "output"] {
                attributes[side]["value"]["campaign_id"] = json!(campaign_id);
            }
        }
    }
    copy
}

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

    /// As many resources that count as applied. Terraform's apply takes too long for many of them, so
    /// only the first is applied, and the state holds copies of it.
    pub fn applied(kind: Kind, count: usize, server: &Simulator) -> Self {
        let one = Self::new(kind, 1, server);
        one.apply();
        let file = one.path("terraform.tfstate");
        let state = fs::read(&file).expect("a state");
        let mut state: Json = serde_json::from_slice(&state).expect("JSON");
        let instances = &mut state["resources"][0]["instances"];
        let first = instances[0].take();
        *instances = (0..count)
            .map(|index| instance(kind, &first, index, server))
            .collect();
        fs::write(file, state.to_string()).expect("a file");
        let main = fs::read_to_string(one.path("main.tf")).expect("a file");
        let main = main.replace("count = 1\n", &format!("count = {count}\n"));
        fs::write(one.path("main.tf"), main).expect("a file");
        one
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
        // So that a person who waits sees what takes so long.
        let _closed = writeln!(stderr(), "  {time:7.2} s  terraform {}", arguments[0]);
        time
    }
}
