//! A running plugin.

use std::{collections::BTreeMap, fs, path::PathBuf, process::ExitStatus};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
#[cfg(unix)]
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use rustls::pki_types::CertificateDer;
use serde_json::Value;
use tempfile::TempDir;
use tfplugin::proto::{plugin::Empty, tfplugin6::provider_client::ProviderClient};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines},
    process::{Child, ChildStderr, ChildStdout},
    sync::watch,
};
use tonic::transport::Channel;

use super::{Client, ConnectError, Identity, Launch, Transport, patiently};

/// A process that serves. Dropping it kills the process.
#[derive(Debug)]
pub struct Plugin {
    /// The line with its address: the handshake, or the reattach variable.
    pub announcement: String,
    pub address: Address,
    /// The plugin's certificate; `None` in plaintext.
    pub certificate: Option<CertificateDer<'static>>,
    process: Child,
    stdout: Lines<BufReader<ChildStdout>>,
    stderr: watch::Receiver<Output>,
    directory: TempDir,
}

/// Where a plugin listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    #[cfg(unix)]
    Unix(PathBuf),
    Tcp(String),
}

/// The remains of a plugin that has ended.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    /// Its standard output after the announcement.
    pub stdout: String,
    /// The lines of standard error.
    pub stderr: Vec<String>,
    /// The files that are left in its temporary folder.
    pub leftovers: Vec<PathBuf>,
}

#[derive(Debug, Default)]
struct Output {
    lines: Vec<String>,
    closed: bool,
}

// === Start ===

impl Plugin {
    pub(super) async fn start(launch: Launch) -> Self {
        let mut plugin = Self::spawn(launch);
        let line = plugin.stdout_line().await;
        let fields: Vec<&str> = line.split('|').collect();
        let [_, _, network, address, "grpc", certificate, ..] = fields[..] else {
            panic!("not a handshake line: {line:?}");
        };
        plugin.address = Address::new(network, address);
        plugin.certificate = (!certificate.is_empty()).then(|| {
            let der = STANDARD_NO_PAD
                .decode(certificate)
                .expect("base64 without padding");
            der.into()
        });
        plugin.announcement = line;
        plugin
    }

    pub(super) async fn start_debug(launch: Launch) -> Self {
        let mut plugin = Self::spawn(launch);
        let json = loop {
            let line = plugin.stdout_line().await;
            let assignment = line.trim().strip_prefix("TF_REATTACH_PROVIDERS='");
            if let Some(json) = assignment.and_then(|rest| rest.strip_suffix('\'')) {
                break json.to_owned();
            }
        };
        let providers: BTreeMap<String, Value> = serde_json::from_str(&json).expect("JSON");
        let provider = providers.values().next().expect("a provider");
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        plugin.address = Address::new(
            &text(&provider["Addr"]["Network"]),
            &text(&provider["Addr"]["String"]),
        );
        plugin.announcement = json;
        plugin
    }

    fn spawn(launch: Launch) -> Self {
        let mut process = launch.to_command().spawn().expect("the process starts");
        let stdout = process.stdout.take().expect("standard output is piped");
        let stderr = process.stderr.take().expect("standard error is piped");
        let (lines, captured) = watch::channel(Output::default());
        tokio::spawn(capture(stderr, lines));
        Self {
            announcement: String::new(),
            address: Address::Tcp(String::new()),
            certificate: None,
            process,
            stdout: BufReader::new(stdout).lines(),
            stderr: captured,
            directory: launch.directory,
        }
    }

    async fn stdout_line(&mut self) -> String {
        let line = patiently("a line on standard output", self.stdout.next_line())
            .await
            .expect("UTF-8");
        match line {
            Some(line) => line,
            None => {
                self.stderr_closed().await;
                panic!("the process ended: {:?}", self.stderr_lines());
            }
        }
    }
}

async fn capture(stderr: ChildStderr, output: watch::Sender<Output>) {
    let mut lines = BufReader::new(stderr).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        output.send_modify(|output| output.lines.push(line));
    }
    output.send_modify(|output| output.closed = true);
}

impl Address {
    fn new(network: &str, address: &str) -> Self {
        match network {
            #[cfg(unix)]
            "unix" => Self::Unix(address.into()),
            "tcp" => Self::Tcp(address.to_owned()),
            other => panic!("unknown network {other:?}"),
        }
    }
}

// === Connections ===

impl Plugin {
    /// A connection as the host: over TLS where the plugin gave a certificate.
    pub async fn client(&self) -> Client {
        let transport = match self.certificate {
            Some(_) => Transport::Tls(Identity::Host),
            None => Transport::Plaintext,
        };
        self.connect(transport).await.expect("the host is let in")
    }

    /// A connection as someone else, perhaps.
    pub async fn connect(&self, transport: Transport) -> Result<Client, ConnectError> {
        Client::connect(&self.address, self.certificate.as_ref(), transport).await
    }

    /// The provider's service, over a connection of its own.
    pub async fn provider(&self) -> ProviderClient<Channel> {
        self.client().await.provider()
    }
}

// === Observation ===

impl Plugin {
    pub fn pid(&self) -> u32 {
        self.process.id().expect("the process runs")
    }

    /// The lines of standard error so far.
    pub fn stderr_lines(&self) -> Vec<String> {
        self.stderr.borrow().lines.clone()
    }

    /// Waits for a line on standard error that holds `text`.
    pub async fn stderr_line(&mut self, text: &str) -> String {
        let find = |output: &Output| output.lines.iter().find(|l| l.contains(text)).cloned();
        let seen = self.stderr.wait_for(|output| find(output).is_some());
        let seen = patiently(&format!("{text:?} on standard error"), seen).await;
        let seen = seen.expect("a line before the end of standard error");
        find(&seen).expect("it was just found")
    }

    async fn stderr_closed(&mut self) {
        let closed = self.stderr.wait_for(|output| output.closed);
        patiently("the end of standard error", closed)
            .await
            .expect("it is captured to its end");
    }
}

// === End ===

impl Plugin {
    #[cfg(unix)]
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.pid().try_into().expect("a process id"));
        kill(pid, signal).expect("the process runs");
    }

    /// Asks for the end as Terraform does, and waits for it.
    pub async fn shutdown(self) -> Ended {
        let mut controller = self.client().await.controller();
        patiently("the reply to Shutdown", controller.shutdown(Empty {}))
            .await
            .expect("Shutdown is answered");
        self.ended().await
    }

    /// Waits for an end that something else brings about, and for the end of all that it started.
    pub async fn ended(mut self) -> Ended {
        let status = patiently("the process to end", self.process.wait())
            .await
            .expect("it can be waited for");
        let mut stdout = String::new();
        let rest = self.stdout.get_mut();
        patiently("standard output to close", rest.read_to_string(&mut stdout))
            .await
            .expect("UTF-8");
        self.stderr_closed().await;
        let leftovers = fs::read_dir(self.directory.path()).expect("the temporary folder");
        Ended {
            status,
            stdout,
            stderr: self.stderr_lines(),
            leftovers: leftovers.map(|entry| entry.unwrap().path()).collect(),
        }
    }
}

impl Ended {
    /// The lines of standard error as hclog's JSON. Fails the test if one is anything else.
    pub fn log(&self) -> Vec<Value> {
        self.stderr
            .iter()
            .map(|line| match serde_json::from_str(line) {
                Ok(value @ Value::Object(_)) => value,
                _ => panic!("not a line of hclog: {line:?}"),
            })
            .collect()
    }
}
