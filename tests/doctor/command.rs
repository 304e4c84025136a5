//! Runs the command.

use std::{
    collections::BTreeMap,
    process::{Child, Command, Stdio},
};

use isales_simulator::Simulator;
use serde_json::Value;

use test_support::{
    provider,
    server::{ACCESS_KEY, VDN},
};

/// The secret key of the tests, which no output may contain.
pub const SECRET_KEY: &str = "Secret-Key-Marker-9071";

/// The password of a proxy, likewise.
pub const PROXY_PASSWORD: &str = "Proxy-Password-Marker-4410";

/// A run of `doctor`: its variables and its arguments.
#[derive(Clone, Debug, Default)]
pub struct Doctor {
    variables: BTreeMap<&'static str, String>,
    arguments: Vec<String>,
}

/// The end of a run.
#[derive(Debug)]
pub struct Outcome {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// What the JSON document says.
#[derive(Debug)]
pub struct Document(pub Value);

// === impl Doctor ===

impl Doctor {
    /// A run without any setting.
    pub fn bare() -> Self {
        Self::default()
    }

    /// A run with the settings for a server at this address, and short time limits.
    pub fn at(endpoint: &str) -> Self {
        Self::bare()
            .with("ISALES_ENDPOINT", endpoint)
            .with("ISALES_ACCESS_KEY", ACCESS_KEY)
            .with("ISALES_SECRET_KEY", SECRET_KEY)
            .with("ISALES_VDN_ID", &VDN.to_string())
            .with("ISALES_CONNECT_TIMEOUT", "2s")
            .with("ISALES_REQUEST_TIMEOUT", "3s")
    }

    /// A run with the settings for a simulator.
    pub fn of(simulator: &Simulator) -> Self {
        Self::at(simulator.endpoint()).with(
            "ISALES_CA_CERT_FILE",
            &simulator.ca_file().display().to_string(),
        )
    }

    /// Sets a variable.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.insert(name, value.to_owned());
        self
    }

    /// Leaves a variable out.
    pub fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Starts it.
    pub fn start(&self) -> Child {
        let mut command = Command::new(provider::built());
        command.env_clear();
        // Without it, Windows has no network.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
            .arg("doctor")
            .args(&self.arguments)
            .envs(&self.variables)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the provider starts")
    }

    /// Runs it to its end.
    pub fn run(&self) -> Outcome {
        Outcome::of(self.start())
    }

    /// Runs it with `--json`, and checks that the exit status fits.
    pub fn document(&self) -> (Document, Outcome) {
        let outcome = self.clone().arg("--json").run();
        let document = outcome.document();
        let expected = i32::from(!document.codes("problem").is_empty());
        assert_eq!(outcome.status, Some(expected), "{outcome:?}");
        (document, outcome)
    }
}

// === impl Outcome ===

impl Outcome {
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("the end");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    pub fn document(&self) -> Document {
        match serde_json::from_str(&self.stdout) {
            Ok(document) => Document(document),
            Err(error) => panic!("{error}: {self:?}"),
        }
    }

    /// Checks that nothing secret is in the output.
    pub fn assert_no_secret(&self) {
        for text in [&self.stdout, &self.stderr] {
            for secret in [SECRET_KEY, PROXY_PASSWORD, ACCESS_KEY, "auth-v2"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
    }
}

// === impl Document ===

impl Document {
    pub fn findings(&self) -> impl Iterator<Item = &Value> {
        self.0["findings"].as_array().expect("findings").iter()
    }

    /// The codes of the findings with this verdict, in their order.
    pub fn codes(&self, verdict: &str) -> Vec<String> {
        self.findings()
            .filter(|finding| finding["verdict"] == verdict)
            .map(|finding| finding["code"].as_str().expect("a code").to_owned())
            .collect()
    }

    /// The finding with this code.
    pub fn finding(&self, code: &str) -> &Value {
        let found = self.findings().find(|finding| finding["code"] == code);
        found.unwrap_or_else(|| panic!("no {code} in {:#}", self.0))
    }

    /// The text of a finding: summary, details and fix.
    pub fn text(&self, code: &str) -> String {
        let finding = self.finding(code);
        let details = finding["details"].as_array().expect("details").iter();
        let lines = [&finding["summary"]].into_iter().chain(details);
        let lines = lines.chain([&finding["fix"]]).filter_map(Value::as_str);
        lines.collect::<Vec<_>>().join("\n")
    }
}
