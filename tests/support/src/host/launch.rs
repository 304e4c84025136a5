//! How the provider is started.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    process::{ExitStatus, Stdio},
};

use tempfile::TempDir;
use tokio::process::Command;

use super::{Identity, Plugin, patiently};
use crate::provider;

const MAGIC_COOKIE: (&str, &str) = (
    "TF_PLUGIN_MAGIC_COOKIE",
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
);

/// A start to be made. The process gets the variables set here and no others.
#[derive(Debug)]
pub struct Launch {
    pub(super) command: Vec<OsString>,
    pub(super) variables: BTreeMap<String, String>,
    /// Where the process keeps its temporary files, and thus its socket.
    pub(super) directory: TempDir,
}

/// The remains of a process that did not serve.
#[derive(Debug)]
pub struct Exit {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Launch {
    /// By hand: no variables, no arguments.
    pub fn bare() -> Self {
        Self::of(provider::built())
    }

    /// The same of a given build of the provider.
    pub fn of(provider: impl Into<OsString>) -> Self {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let temporary = directory.path().to_str().expect("UTF-8").to_owned();
        let mut variables = BTreeMap::from([("TMPDIR".to_owned(), temporary)]);
        if cfg!(windows) {
            // Without it there are no sockets on Windows.
            let root = env::var("SystemRoot").expect("UTF-8");
            variables.insert("SystemRoot".to_owned(), root);
        }
        Self {
            command: vec![provider.into()],
            variables,
            directory,
        }
    }

    /// As Terraform does it, with AutoMTLS.
    pub fn hosted() -> Self {
        Self::bare().by_host()
    }

    /// Adds the variables that Terraform sets.
    pub fn by_host(self) -> Self {
        let (cookie, value) = MAGIC_COOKIE;
        self.env(cookie, value)
            .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
            .env("PLUGIN_MIN_PORT", "10000")
            .env("PLUGIN_MAX_PORT", "25000")
            .env("PLUGIN_CLIENT_CERT", Identity::Host.certificate_pem())
    }

    /// As Terraform does it with `TF_DISABLE_PLUGIN_TLS`.
    pub fn hosted_in_plaintext() -> Self {
        Self::hosted().without("PLUGIN_CLIENT_CERT")
    }

    /// By a person with a debugger.
    pub fn debug() -> Self {
        Self::bare().arg("--debug")
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    pub fn arg(mut self, argument: &str) -> Self {
        self.command.push(argument.into());
        self
    }

    /// Starts the provider under a shell, so that the shell is its host.
    #[cfg(unix)]
    pub fn under_shell(mut self, script: &str) -> Self {
        self.command
            .splice(0..0, ["/bin/sh", "-c", script].map(OsString::from));
        self
    }

    /// Starts a plugin and reads its handshake line.
    pub async fn start(self) -> Plugin {
        Plugin::start(self).await
    }

    /// Starts a plugin with `--debug` and reads `TF_REATTACH_PROVIDERS`.
    pub async fn start_debug(self) -> Plugin {
        Plugin::start_debug(self).await
    }

    /// Runs a process that is expected to end by itself.
    pub async fn run(self) -> Exit {
        let output = patiently("the process to end", self.to_command().output())
            .await
            .expect("the process starts");
        Exit {
            status: output.status,
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    pub(super) fn to_command(&self) -> Command {
        let (program, arguments) = self.command.split_first().expect("a program");
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(&self.variables)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}
