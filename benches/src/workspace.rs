//! A folder in which Terraform runs: the provider's resources, or Terraform's own of the same size.

use std::{
    fs,
    io::{Write as _, stderr},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Instant,
};

use isales_simulator::Simulator;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use test_support::terraform::program;

use crate::{MEASURED, PROVIDER, objects::Object, states::States};

/// The VDN of all campaigns.
pub const VDN: u16 = 25;

/// Whose resources a workspace has.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Those of the provider.
    Provider(&'static Object),
    /// `terraform_data` with the same arguments, which no plugin is started for.
    BuiltIn(&'static Object),
}

/// What Terraform's commands need around them.
#[derive(Debug)]
pub struct Stage {
    pub server: Arc<Simulator>,
    states: States,
    plugins: Plugins,
}

/// Where Terraform finds the measured provider without a registry.
#[derive(Debug)]
struct Plugins {
    folder: PathBuf,
    program: PathBuf,
}

#[derive(Debug)]
pub struct Workspace<'a> {
    stage: &'a Stage,
    folder: TempDir,
}

// === impl Stage ===

impl Stage {
    pub fn new(server: Simulator) -> Self {
        let plugins = Path::new(MEASURED).join("plugins");
        Self::of(Path::new(PROVIDER), plugins, Arc::new(server))
    }

    /// A stage for a given build of the provider, which is installed into `plugins`.
    pub fn of(provider: &Path, plugins: PathBuf, server: Arc<Simulator>) -> Self {
        Self {
            server,
            states: States::start(),
            plugins: Plugins::install(provider, plugins),
        }
    }

    /// The program that Terraform starts.
    pub fn provider(&self) -> &Path {
        &self.plugins.program
    }

    /// So many resources, not applied yet.
    pub fn workspace(&self, kind: Kind, count: usize) -> Workspace<'_> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Workspace {
            stage: self,
            folder,
        };
        workspace.write("terraform.rc", &self.plugins.configuration());
        workspace.write("main.tf", &self.configuration(kind, count));
        workspace.run(&["init"]);
        workspace
    }

    /// As many resources that count as applied: the first is, and the state holds copies of it.
    pub fn applied(&self, kind: Kind, count: usize) -> Workspace<'_> {
        let one = self.workspace(kind, 1);
        one.apply();
        let state = self.states.get(&one.name()).expect("a state");
        let mut state: Json = serde_json::from_slice(&state).expect("JSON");
        let instances = &mut state["resources"][0]["instances"];
        let first = instances[0].take();
        *instances = (0..count)
            .map(|index| self.instance(kind, &first, index))
            .collect();
        self.states.set(&one.name(), state.to_string());
        one.write("main.tf", &self.configuration(kind, count));
        one
    }

    fn configuration(&self, kind: Kind, count: usize) -> String {
        let resources = match kind {
            Kind::Provider(Object {
                type_name, payload, ..
            }) => format!(
                "provider \"isales\" {{\n  endpoint = \"{}\"\n  vdn_id = {VDN}\n  ca_cert_file = {:?}\n}}\n\
                 resource \"{type_name}\" \"this\" {{\n  count = {count}\n{payload}}}\n",
                self.server.endpoint(),
                self.server.ca_file(),
            ),
            Kind::BuiltIn(Object { payload, .. }) => format!(
                "resource \"terraform_data\" \"this\" {{\n  count = {count}\n  input = {{{payload}}}\n}}\n"
            ),
        };
        let required = match kind {
            Kind::Provider(_) => {
                "  required_providers {\n    isales = { source = \"isales/isales\" }\n  }\n"
            }
            Kind::BuiltIn(_) => "",
        };
        format!("terraform {{\n{required}  backend \"http\" {{}}\n}}\n{resources}")
    }

    /// A copy of the first instance in a state; the server is told of its object.
    fn instance(&self, kind: Kind, first: &Json, index: usize) -> Json {
        let mut copy = first.clone();
        copy["index_key"] = json!(index);
        let attributes = &mut copy["attributes"];
        match kind {
            Kind::Provider(object) => {
                let arguments = (object.arguments)(index).into_iter();
                for (name, value) in arguments.chain((object.computed)(&self.server, index)) {
                    attributes[name] = value;
                }
            }
            Kind::BuiltIn(object) => {
                for side in ["input", "output"] {
                    for (name, value) in (object.arguments)(index) {
                        attributes[side]["value"][name] = value;
                    }
                }
            }
        }
        copy
    }
}

// === impl Plugins ===

impl Plugins {
    fn install(provider: &Path, folder: PathBuf) -> Self {
        let output = Command::new("scripts/install")
            .args([provider, &folder])
            .output()
            .expect("scripts/install runs");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        let program = said
            .lines()
            .find_map(|line| line.strip_prefix("Installed "))
            .expect("it says what it installed");
        Self {
            program: PathBuf::from(program),
            folder,
        }
    }

    fn configuration(&self) -> String {
        format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path = {:?}\n  }}\n}}\n",
            self.folder
        )
    }
}

// === impl Workspace ===

impl Workspace<'_> {
    fn name(&self) -> String {
        let folder = self.folder.path().file_name().expect("a name");
        folder.to_string_lossy().into_owned()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.path().join(file), text).expect("a file");
    }

    pub fn validate(&self) -> f64 {
        self.run(&["validate"])
    }

    /// A plan that has nothing to change: everything was applied before.
    pub fn plan(&self) -> f64 {
        self.run(&["plan", "-detailed-exitcode"])
    }

    /// A plan that creates everything. The policies of the server are equal, so nothing is warned of.
    pub fn plan_creates(&self) -> f64 {
        self.run(&["plan"])
    }

    pub fn apply(&self) -> f64 {
        self.run(&["apply", "-auto-approve"])
    }

    pub fn destroy(&self) -> f64 {
        self.run(&["destroy", "-auto-approve"])
    }

    /// Runs a command and returns how long it took, in seconds.
    fn run(&self, arguments: &[&str]) -> f64 {
        let folder = self.folder.path();
        let mut command = program().command();
        command
            .args(arguments)
            .args((arguments != ["validate"]).then_some("-input=false"))
            .arg("-no-color")
            .current_dir(folder)
            .env("HOME", folder)
            .env("TF_CLI_CONFIG_FILE", folder.join("terraform.rc"))
            .env("TF_HTTP_ADDRESS", self.stage.states.url(&self.name()))
            .env("ISALES_ACCESS_KEY", "EXAMPLEAK")
            .env("ISALES_SECRET_KEY", "EXAMPLESK")
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let begun = Instant::now();
        let output = command.output().expect("it starts");
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
