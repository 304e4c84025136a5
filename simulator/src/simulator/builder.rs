//! Configures and starts a simulator.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Map;
use tokio::sync::mpsc;

use super::{Listeners, Simulator, ca_file::CaFile};
use crate::{
    api::Router,
    campaign,
    clock::Clock,
    data_set,
    error::StartError,
    faults::{FaultSequence, Faults},
    like::Limit,
    registry::{self, OBJECTS},
    server::{Latency, LeafCertificate, ServerIdentity, Service, State},
    signature::{Accepts, Credentials},
    store::{StateFile, Store},
};

/// The VDNs and campaigns of a server for which none are configured.
const DEFAULT_CAMPAIGNS: [(u16, std::ops::RangeInclusive<i64>); 2] = [(25, 1..=300), (26, 1..=50)];
const DEFAULT_CLOCK_SKEW: Duration = Duration::from_secs(15 * 60);

/// The configuration of a [`Simulator`]. Everything has a default.
#[derive(Debug)]
pub struct SimulatorBuilder {
    credentials: Credentials,
    accepts: Accepts,
    pub(super) store: Store,
    data_set: Option<(u64, usize)>,
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
    pub(super) limit: Option<Limit>,
}

// === impl SimulatorBuilder ===

impl Default for SimulatorBuilder {
    fn default() -> Self {
        Self {
            credentials: Credentials {
                access_key: "EXAMPLEAK".to_owned(),
                secret_key: "EXAMPLESK".to_owned(),
            },
            accepts: Accepts::default(),
            store: Store::default(),
            data_set: None,
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
            limit: None,
        }
    }
}

impl SimulatorBuilder {
    /// Sets the key pair of clients. Defaults to `EXAMPLEAK` and `EXAMPLESK`.
    pub fn credentials(mut self, access_key: &str, secret_key: &str) -> Self {
        self.credentials = Credentials {
            access_key: access_key.to_owned(),
            secret_key: secret_key.to_owned(),
        };
        self
    }

    /// Sets the forms of a signature that the server accepts. Any other is refused like a wrong one.
    pub fn accepts(mut self, accepts: Accepts) -> Self {
        self.accepts = accepts;
        self
    }

    /// Adds generated data to every VDN: campaigns with IDs from 1001, half of them with a retry
    /// policy and a quarter with special dates, 130 call results and 70 business results. The same
    /// seed generates the same data.
    pub fn data_set(mut self, seed: u64, campaigns: usize) -> Self {
        self.data_set = Some((seed, campaigns));
        self
    }

    /// Sets how long the server takes to answer.
    pub fn latency(mut self, latency: Latency) -> Self {
        self.latency = latency;
        self
    }

    /// Sets faults by probability.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Sets the server's clock. Defaults to the machine's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets how far a request's timestamp may be from the server's clock. Defaults to 15 minutes.
    pub fn clock_skew(mut self, clock_skew: Duration) -> Self {
        self.clock_skew = clock_skew;
        self
    }

    /// Sets the certificate that the server presents.
    pub fn certificate(mut self, certificate: LeafCertificate) -> Self {
        self.certificate = certificate;
        self
    }

    /// Requires client certificates issued by this CA, given as PEM.
    pub fn client_authority(mut self, pem: &str) -> Self {
        self.client_authority = Some(pem.to_owned());
        self
    }

    /// Sets the HTTPS port on 127.0.0.1. Defaults to 0, which selects a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the admin interface's port on 127.0.0.1. Defaults to 0, which selects a free port.
    pub fn admin_port(mut self, port: u16) -> Self {
        self.admin_port = port;
        self
    }

    /// Sets the file for the CA certificate. Defaults to a file next to the state file, or to a
    /// temporary file that is removed with the simulator.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Saves retry policies, call results, call batches and special dates in this file. Campaigns are
    /// not saved, but those with any of them are added at the next start.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Starts the simulator on a separate thread, so that tests may block their runtime.
    ///
    /// # Errors
    /// If a port is in use, a file cannot be written, or the state file cannot be read.
    #[expect(
        clippy::unused_async,
        reason = "callers await it next to stop(), which has to wait"
    )]
    pub async fn start(self) -> Result<Simulator, StartError> {
        self.start_blocking()
    }

    /// Starts like [`start`](Self::start), for callers without a runtime.
    ///
    /// # Errors
    /// The same as `start`.
    pub fn start_blocking(mut self) -> Result<Simulator, StartError> {
        let identity =
            ServerIdentity::generate(self.certificate, self.client_authority.as_deref())?;
        self.fill_store()?;
        let ca_file = self.write_ca(&identity.ca_pem)?;
        let (api, admin) = (listen(self.port)?, listen(self.admin_port)?);
        let (commands, received) = mpsc::unbounded_channel();
        let service = Arc::new(Service {
            credentials: self.credentials,
            accepts: self.accepts,
            clock_skew: self.clock_skew,
            limit: self.limit,
            clock: self.clock,
            commands,
            router: Router::new(OBJECTS.iter().flat_map(|object| object.routes).copied()),
            state: Mutex::new(State::new(
                self.store,
                FaultSequence::new(self.faults),
                self.latency,
            )),
        });
        Simulator::run(
            Listeners {
                api,
                admin,
                received,
            },
            service,
            identity,
            ca_file,
        )
    }

    fn fill_store(&mut self) -> Result<(), StartError> {
        if self.store.is_empty() {
            for (vdn_id, campaign_ids) in DEFAULT_CAMPAIGNS {
                for campaign_id in campaign_ids {
                    campaign::add(&mut self.store, vdn_id, campaign_id);
                }
            }
        }
        if let Some((seed, campaigns)) = self.data_set {
            for (vdn_id, vdn) in self.store.vdns_mut() {
                data_set::populate(vdn, seed.wrapping_add(vdn_id.into()), campaigns);
            }
        }
        if let Some(path) = &self.state_file {
            load_state(&mut self.store, StateFile::new(path.clone())).map_err(|reason| {
                StartError::StateFile {
                    path: path.clone(),
                    reason,
                }
            })?;
        }
        Ok(())
    }

    fn write_ca(&self, pem: &str) -> Result<CaFile, StartError> {
        let next_to_state = || {
            self.state_file
                .as_deref()
                .map(|path| path.with_extension("ca.pem"))
        };
        let path = self.ca_file.clone().or_else(next_to_state);
        CaFile::write(path.as_deref(), pem).map_err(|source| StartError::CaFile {
            path: path.unwrap_or_else(std::env::temp_dir),
            source,
        })
    }
}

fn load_state(store: &mut Store, file: StateFile) -> Result<(), String> {
    let members = match file.read()? {
        Some(saved) => registry::members(saved)?,
        None => Map::new(),
    };
    let parts = OBJECTS.iter().filter_map(|object| object.saved);
    store.attach(file, members, parts)
}

fn listen(port: u16) -> Result<TcpListener, StartError> {
    let bind = || {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    bind().map_err(|source| StartError::Listen { port, source })
}
