//! How a simulator is set up and started.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempPath;
use tokio::sync::mpsc;

use crate::certificate::{LeafCertificate, ServerIdentity};
use crate::clock::Clock;
use crate::data_set;
use crate::error::StartError;
use crate::fault::{FaultSequence, Faults};
use crate::policy::Keeps;
use crate::served::{Latency, Served, State};
use crate::shape::Shape;
use crate::signature::Credentials;
use crate::simulator::{Listeners, Simulator};
use crate::state_file::{StateFile, directory_of};
use crate::store::Store;

/// VDNs and campaigns of a server that was given none.
const DEFAULT_CAMPAIGNS: [(u16, std::ops::RangeInclusive<i64>); 2] = [(25, 1..=300), (26, 1..=50)];
const DEFAULT_CLOCK_SKEW: Duration = Duration::from_secs(15 * 60);

/// The set-up of a [`Simulator`]. Everything has a default.
#[derive(Debug)]
pub struct SimulatorBuilder {
    credentials: Credentials,
    store: Store,
    data_set: Option<(u64, usize)>,
    shape: Shape,
    keeps: Keeps,
    latency: Latency,
    faults: Faults,
    clock: Clock,
    clock_skew: Duration,
    certificate: LeafCertificate,
    client_authority: Option<String>,
    port: u16,
    admin_port: u16,
    ca_file: Option<PathBuf>,
    state_file: Option<PathBuf>,
}

impl Default for SimulatorBuilder {
    fn default() -> Self {
        Self {
            credentials: Credentials {
                access_key: "EXAMPLEAK".to_owned(),
                secret_key: "EXAMPLESK".to_owned(),
            },
            store: Store::default(),
            data_set: None,
            shape: Shape::default(),
            keeps: Keeps::default(),
            latency: Latency::default(),
            faults: Faults::default(),
            clock: Clock::system(),
            clock_skew: DEFAULT_CLOCK_SKEW,
            certificate: LeafCertificate::default(),
            client_authority: None,
            port: 0,
            admin_port: 0,
            ca_file: None,
            state_file: None,
        }
    }
}

impl SimulatorBuilder {
    /// The key pair that clients sign with; `EXAMPLEAK` and `EXAMPLESK` by default.
    pub fn credentials(mut self, access_key: &str, secret_key: &str) -> Self {
        self.credentials = Credentials {
            access_key: access_key.to_owned(),
            secret_key: secret_key.to_owned(),
        };
        self
    }

    /// Adds a campaign, and its VDN where it is new. Without any, there are VDN 25 with campaigns
    /// 1 to 300 and VDN 26 with 1 to 50.
    pub fn campaign(mut self, vdn_id: u16, campaign_id: i64) -> Self {
        self.store.add_campaign(vdn_id, campaign_id);
        self
    }

    /// Adds several campaigns to one VDN.
    pub fn campaigns(mut self, vdn_id: u16, campaign_ids: impl IntoIterator<Item = i64>) -> Self {
        self.store.vdn_or_new(vdn_id);
        for campaign_id in campaign_ids {
            self.store.add_campaign(vdn_id, campaign_id);
        }
        self
    }

    /// Adds made-up campaigns with ids from 1001 on to every VDN, half of them with a policy, and
    /// 130 call results. The same seed makes the same ones.
    pub fn data_set(mut self, seed: u64, campaigns: usize) -> Self {
        self.data_set = Some((seed, campaigns));
        self
    }

    /// The shape of query replies.
    pub fn shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// What the server keeps of an accepted policy.
    pub fn keeps(mut self, keeps: Keeps) -> Self {
        self.keeps = keeps;
        self
    }

    /// How long the server takes.
    pub fn latency(mut self, latency: Latency) -> Self {
        self.latency = latency;
        self
    }

    /// Faults by probability.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// The server's clock; the machine's by default.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How far a request's timestamp may be from the server's clock; 15 minutes by default.
    pub fn clock_skew(mut self, clock_skew: Duration) -> Self {
        self.clock_skew = clock_skew;
        self
    }

    /// The certificate that the server shows.
    pub fn certificate(mut self, certificate: LeafCertificate) -> Self {
        self.certificate = certificate;
        self
    }

    /// The authority, as PEM, of which clients have to show a certificate; none by default.
    pub fn client_authority(mut self, pem: &str) -> Self {
        self.client_authority = Some(pem.to_owned());
        self
    }

    /// The HTTPS port on 127.0.0.1; 0, the default, is any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The admin interface's port on 127.0.0.1; 0, the default, is any free one.
    pub fn admin_port(mut self, port: u16) -> Self {
        self.admin_port = port;
        self
    }

    /// Where the CA certificate is written. By default beside the state file, or in a temporary
    /// file that goes away with the simulator.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Keeps policies in this file. Which campaigns there are is not saved, except that one with a
    /// saved policy is there again.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Starts the simulator. It runs on a thread of its own, so a test may block its runtime.
    ///
    /// # Errors
    /// Where a port is taken, a file cannot be written, or the state file cannot be read.
    #[expect(
        clippy::unused_async,
        reason = "callers await it next to stop(), which has to wait"
    )]
    pub async fn start(self) -> Result<Simulator, StartError> {
        self.start_blocking()
    }

    /// [`start`](Self::start) for callers without a runtime.
    ///
    /// # Errors
    /// As `start`.
    pub fn start_blocking(mut self) -> Result<Simulator, StartError> {
        let identity =
            ServerIdentity::generate(self.certificate, self.client_authority.as_deref())?;
        self.fill_store()?;
        let ca_file = self.write_ca(&identity.ca_pem)?;
        let (api, admin) = (listen(self.port)?, listen(self.admin_port)?);
        let (commands, received) = mpsc::unbounded_channel();
        let faults = FaultSequence::new(self.faults);
        let mut state = State::new(self.store, self.shape, self.keeps, faults);
        state.latency = self.latency;
        let served = Arc::new(Served::new(
            self.credentials,
            self.clock,
            self.clock_skew,
            commands,
            state,
        ));
        Simulator::run(
            Listeners {
                api,
                admin,
                received,
            },
            served,
            identity,
            ca_file,
        )
    }

    fn fill_store(&mut self) -> Result<(), StartError> {
        if self.store.is_empty() {
            for (vdn_id, campaign_ids) in DEFAULT_CAMPAIGNS {
                for campaign_id in campaign_ids {
                    self.store.add_campaign(vdn_id, campaign_id);
                }
            }
        }
        if let Some((seed, campaigns)) = self.data_set {
            for vdn_id in self.store.vdn_ids() {
                let seed = seed.wrapping_add(vdn_id.into());
                data_set::populate(self.store.vdn_or_new(vdn_id), seed, campaigns);
            }
        }
        if let Some(path) = &self.state_file {
            let file = StateFile::new(path.clone());
            file.read()
                .and_then(|saved| self.store.attach(file, saved))
                .map_err(|reason| StartError::StateFile {
                    path: path.clone(),
                    reason,
                })?;
        }
        Ok(())
    }

    fn write_ca(&self, pem: &str) -> Result<CaFile, StartError> {
        let beside_state = || {
            self.state_file
                .as_deref()
                .map(|path| path.with_extension("ca.pem"))
        };
        let path = self.ca_file.clone().or_else(beside_state);
        write_ca(path.as_deref(), pem).map_err(|source| StartError::CaFile {
            path: path.unwrap_or_else(std::env::temp_dir),
            source,
        })
    }
}

/// The file with the CA certificate.
#[derive(Debug)]
pub(crate) enum CaFile {
    Named(PathBuf),
    /// Removed when dropped.
    Temporary(TempPath),
}

impl CaFile {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Named(path) => path,
            Self::Temporary(path) => path,
        }
    }
}

fn write_ca(path: Option<&Path>, pem: &str) -> io::Result<CaFile> {
    match path {
        Some(path) => {
            fs::create_dir_all(directory_of(path))?;
            fs::write(path, pem)?;
            Ok(CaFile::Named(path.to_owned()))
        }
        None => {
            let file = tempfile::Builder::new()
                .prefix("isales-simulator-")
                .suffix(".ca.pem")
                .tempfile()?;
            fs::write(file.path(), pem)?;
            Ok(CaFile::Temporary(file.into_temp_path()))
        }
    }
}

fn listen(port: u16) -> Result<TcpListener, StartError> {
    let bind = || {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    bind().map_err(|source| StartError::Listen { port, source })
}
