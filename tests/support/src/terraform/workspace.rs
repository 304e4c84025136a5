//! A working directory with its configuration and state.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use isales_simulator::Simulator;
use serde_json::Value;
use tempfile::TempDir;

use super::{Feature, Outcome, Running, program};
use crate::{
    provider,
    server::{ACCESS_KEY, SECRET_KEY, VDN},
};

/// A folder in which Terraform runs, with the built provider and a clean environment.
#[derive(Debug)]
pub struct Workspace {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

// === impl Workspace ===

impl Workspace {
    /// A workspace whose provider is configured for a server: all but the keys in the
    /// configuration, the keys in the environment.
    pub fn new(server: &Simulator) -> Self {
        let mut workspace = Self::unconfigured();
        workspace.configure(&connection(server));
        workspace.env("ISALES_ACCESS_KEY", ACCESS_KEY);
        workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
        workspace
    }

    /// A workspace without a `provider` block.
    pub fn unconfigured() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("isales-e2e-")
            .tempdir()
            .expect("a temporary folder");
        let workspace = Self {
            folder,
            environment: Vec::new(),
        };
        for name in ["configuration", "plugins", "home", "tmp"] {
            fs::create_dir(workspace.folder.path().join(name)).expect("a folder");
        }
        let plugins = workspace.folder.path().join("plugins");
        symlink(provider::built(), plugins.join("terraform-provider-isales"))
            .expect("a link to the provider");
        let settings = format!(
            "provider_installation {{\n  dev_overrides {{ \"isales/isales\" = {plugins:?} }}\n  direct {{}}\n}}\n"
        );
        fs::write(workspace.settings(), settings).expect("a file");
        workspace.write_file(
            "versions.tf",
            "terraform {\n  required_providers {\n    isales = { source = \"isales/isales\" }\n  }\n}\n",
        );
        workspace
    }

    /// A workspace of which only functions are used. Where the program configures the provider even
    /// for them, it has the placeholders that the functions' pages recommend.
    pub fn for_functions() -> Self {
        let mut workspace = Self::unconfigured();
        if !program().release.has(Feature::UnconfiguredFunctions) {
            workspace.env("ISALES_ENDPOINT", "https://unused.invalid");
            workspace.env("ISALES_ACCESS_KEY", "unused");
            workspace.env("ISALES_SECRET_KEY", "unused");
        }
        workspace
    }

    /// Sets the arguments of the `provider` block.
    pub fn configure(&self, arguments: &str) {
        let block = format!("provider \"isales\" {{\n{arguments}}}\n");
        self.write_file("provider.tf", &block);
    }

    /// Sets an environment variable of every command to come.
    pub fn env(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Takes an environment variable out again.
    pub fn without_env(&mut self, name: &str) {
        self.environment.retain(|(known, _)| known != name);
    }

    /// Sets `main.tf`.
    pub fn write(&self, hcl: &str) {
        self.write_file("main.tf", hcl);
    }

    pub fn write_file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    /// A file in the working directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("configuration").join(name)
    }

    /// The file that Terraform reads in place of `~/.terraformrc`.
    fn settings(&self) -> PathBuf {
        self.folder.path().join("terraform.rc")
    }

    /// A command that is not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program().command();
        command
            .args(arguments)
            .current_dir(self.path("."))
            .env("HOME", self.folder.path().join("home"))
            .env("TMPDIR", self.folder.path().join("tmp"))
            .env("TF_CLI_CONFIG_FILE", self.settings())
            .env("TF_IN_AUTOMATION", "1")
            .envs(self.environment.iter().cloned())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts a command as it is.
    pub fn start(&self, arguments: &[&str]) -> Running {
        Running::start(self.command(arguments)).expect("terraform starts")
    }

    /// Runs a command as it is.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.start(arguments).outcome()
    }

    pub fn validate(&self) -> Outcome {
        self.run(&["validate", "-json"])
    }

    pub fn plan(&self) -> Outcome {
        self.plan_with(&[])
    }

    pub fn plan_with(&self, arguments: &[&str]) -> Outcome {
        let all = [
            &["plan", "-json", "-input=false", "-detailed-exitcode"],
            arguments,
        ];
        self.run(&all.concat())
    }

    pub fn apply(&self) -> Outcome {
        self.apply_with(&[])
    }

    /// With a saved plan, or with options.
    pub fn apply_with(&self, arguments: &[&str]) -> Outcome {
        let all = [
            &["apply", "-json", "-input=false", "-auto-approve"],
            arguments,
        ];
        self.run(&all.concat())
    }

    pub fn destroy(&self) -> Outcome {
        self.run(&["destroy", "-json", "-input=false", "-auto-approve"])
    }

    /// `terraform import`, whose messages are meant for people.
    pub fn import(&self, address: &str, id: &str) -> Outcome {
        self.run(&["import", "-no-color", "-input=false", address, id])
    }

    /// The whole state, as `terraform show` prints it.
    pub fn state(&self) -> Value {
        let outcome = self.run(&["show", "-json"]).succeeds();
        serde_json::from_str(&outcome.stdout).expect("JSON")
    }

    /// The resources in the state, by their addresses.
    pub fn resources(&self) -> Vec<Value> {
        match &self.state()["values"]["root_module"]["resources"] {
            Value::Array(resources) => resources.clone(),
            _ => Vec::new(),
        }
    }

    /// The attributes of one resource in the state.
    pub fn attributes(&self, address: &str) -> Value {
        let resources = self.resources();
        let found = resources
            .iter()
            .find(|resource| resource["address"] == address);
        match found {
            Some(resource) => resource["values"].clone(),
            None => panic!("{address} is not in the state: {resources:#?}"),
        }
    }

    /// Every file that Terraform wrote into the working directory, and what is in it.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_under(&self.path("."))
    }
}

/// The arguments of a `provider` block for a server, without keys.
pub fn connection(server: &Simulator) -> String {
    connection_to(server, VDN)
}

/// The same for a VDN of the server's.
pub fn connection_to(server: &Simulator, vdn_id: u16) -> String {
    format!(
        "  endpoint     = \"{}\"\n  vdn_id       = {vdn_id}\n  ca_cert_file = {:?}\n",
        server.endpoint(),
        server.ca_file()
    )
}

fn files_under(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            let content = fs::read(&path).expect("a file");
            files.push((path, content));
        }
    }
    files
}
