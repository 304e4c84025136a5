//! A running simulator.

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, mpsc as std_mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio_rustls::TlsAcceptor;

use crate::admin;
use crate::builder::{CaFile, SimulatorBuilder};
use crate::campaign::KeptPolicy;
use crate::certificate::ServerIdentity;
use crate::error::{SetError, StartError};
use crate::fault::{FaultSequence, Faults};
use crate::policy::Keeps;
use crate::record::{Counters, RecordedRequest};
use crate::script::Script;
use crate::served::{Latency, Served};
use crate::server::{self, Command};
use crate::shape::Shape;

/// A CC-iSales stand-in that is up. Stops when dropped.
#[derive(Debug)]
pub struct Simulator {
    endpoint: String,
    admin_endpoint: String,
    ca_pem: String,
    ca_file: CaFile,
    served: Arc<Served>,
    thread: Option<JoinHandle<()>>,
    ended: oneshot::Receiver<()>,
}

/// Bound sockets and the commands that end them.
pub(crate) struct Listeners {
    pub(crate) api: TcpListener,
    pub(crate) admin: TcpListener,
    pub(crate) received: mpsc::UnboundedReceiver<Command>,
}

impl Simulator {
    /// A set-up with defaults.
    pub fn builder() -> SimulatorBuilder {
        SimulatorBuilder::default()
    }

    pub(crate) fn run(
        listeners: Listeners,
        served: Arc<Served>,
        identity: ServerIdentity,
        ca_file: CaFile,
    ) -> Result<Self, StartError> {
        let address = |listener: &TcpListener| listener.local_addr().map_err(StartError::Runtime);
        let endpoint = format!("https://{}", address(&listeners.api)?);
        let admin_endpoint = format!("http://{}", address(&listeners.admin)?);
        let ca_pem = identity.ca_pem.clone();
        let (ready, is_ready) = std_mpsc::sync_channel(1);
        let (end, ended) = oneshot::channel();
        let for_thread = Arc::clone(&served);
        let thread = thread::Builder::new()
            .name("isales-simulator".to_owned())
            .spawn(move || {
                serve_on_this_thread(listeners, for_thread, &identity, &ready);
                // Nobody may be waiting for the end.
                let _ = end.send(());
            })
            .map_err(StartError::Runtime)?;
        is_ready
            .recv()
            .unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()))
            .map_err(StartError::Runtime)?;
        Ok(Self {
            endpoint,
            admin_endpoint,
            ca_pem,
            ca_file,
            served,
            thread: Some(thread),
            ended,
        })
    }

    /// `https://127.0.0.1:port`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// `http://127.0.0.1:port` of the admin interface.
    pub fn admin_endpoint(&self) -> &str {
        &self.admin_endpoint
    }

    /// The CA certificate that a client has to trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The file with the CA certificate.
    pub fn ca_file(&self) -> &Path {
        self.ca_file.path()
    }

    /// Every request since the start or the last clearing, in the order of arrival; of more than
    /// 100,000 the last ones.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.served.state().requests()
    }

    /// Forgets the requests.
    pub fn clear_requests(&self) {
        self.served.state().clear_requests();
    }

    /// What a campaign is set to; `None` without a policy or without the campaign.
    pub fn policy(&self, vdn_id: u16, campaign_id: i64) -> Option<KeptPolicy> {
        self.served.state().store.policy(vdn_id, campaign_id)
    }

    /// Every policy that is set, by VDN and campaign.
    pub fn policies(&self) -> BTreeMap<(u16, i64), KeptPolicy> {
        self.served.state().store.policies()
    }

    /// Changes a policy behind the client's back. Takes `policyJson` in either quote style.
    ///
    /// # Errors
    /// Where there is no such campaign, or the interface would refuse the policy.
    pub fn set_policy(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        policy_type: u8,
        policy_json: &str,
    ) -> Result<(), SetError> {
        self.served
            .state()
            .store
            .set_policy(vdn_id, campaign_id, policy_type, policy_json)
    }

    /// Takes a campaign's policy away; says whether it had one.
    pub fn remove_policy(&self, vdn_id: u16, campaign_id: i64) -> bool {
        self.served.state().store.remove_policy(vdn_id, campaign_id)
    }

    /// Adds a campaign, and its VDN where it is new.
    pub fn add_campaign(&self, vdn_id: u16, campaign_id: i64) {
        self.served.state().store.add_campaign(vdn_id, campaign_id);
    }

    /// Gives a campaign another name; says whether there is such a campaign.
    pub fn name_campaign(&self, vdn_id: u16, campaign_id: i64, name: &str) -> bool {
        self.served
            .state()
            .store
            .name_campaign(vdn_id, campaign_id, name)
    }

    /// Removes a campaign with its policy; says whether it was there.
    pub fn remove_campaign(&self, vdn_id: u16, campaign_id: i64) -> bool {
        self.served
            .state()
            .store
            .remove_campaign(vdn_id, campaign_id)
    }

    /// Changes the shape of query replies.
    pub fn set_shape(&self, shape: Shape) {
        self.served.state().shape = shape;
    }

    /// Changes what the server keeps of an accepted policy.
    pub fn set_keeps(&self, keeps: Keeps) {
        self.served.state().keeps = keeps;
    }

    /// Changes how long the server takes.
    pub fn set_latency(&self, latency: Latency) {
        self.served.state().latency = latency;
    }

    /// Lays down what the next matching requests meet; scripts queue up.
    pub fn script(&self, script: Script) {
        self.served.state().scripts.push(script);
    }

    /// Forgets the scripts that are not used up.
    pub fn clear_scripts(&self) {
        self.served.state().scripts.clear();
    }

    /// Starts a sequence of faults; `Faults::default()` ends them.
    pub fn set_faults(&self, faults: Faults) {
        self.served.state().faults = FaultSequence::new(faults);
    }

    /// Figures since the start or the last clearing.
    pub fn counters(&self) -> Counters {
        self.served.state().counters.clone()
    }

    /// Sets all figures to zero.
    pub fn clear_counters(&self) {
        self.served.state().counters = Counters::default();
    }

    /// Puts the server's clock ahead (positive) or behind (negative), in seconds.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.served.clock.set_offset(seconds);
    }

    /// Resets every connection and accepts none for `pause`. Policies stay.
    pub fn restart(&self, pause: Duration) {
        // A server that is stopping already does not restart.
        let _ = self.served.commands.send(Command::Restart(pause));
    }

    /// Lets open requests finish, for a second at most, and ends.
    pub async fn stop(mut self) {
        self.tell_to_stop();
        // An error means that the thread is gone, which is what is waited for.
        let _ = (&mut self.ended).await;
    }

    /// [`stop`](Self::stop) for callers without a runtime.
    pub fn stop_blocking(mut self) {
        self.tell_to_stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn tell_to_stop(&self) {
        let _ = self.served.commands.send(Command::Stop);
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.tell_to_stop();
    }
}

fn serve_on_this_thread(
    listeners: Listeners,
    served: Arc<Served>,
    identity: &ServerIdentity,
    ready: &std_mpsc::SyncSender<io::Result<()>>,
) {
    let tls = TlsAcceptor::from(Arc::clone(&identity.tls));
    let started = start_runtime().and_then(|runtime| {
        let _context = runtime.enter();
        let api = tokio::net::TcpListener::from_std(listeners.api)?;
        let admin = tokio::net::TcpListener::from_std(listeners.admin)?;
        Ok((runtime, api, admin))
    });
    match started {
        Ok((runtime, api, admin)) => {
            let _ = ready.send(Ok(()));
            runtime.spawn(admin::serve(admin, Arc::clone(&served)));
            runtime.block_on(server::serve(api, tls, served, listeners.received));
            runtime.shutdown_background();
        }
        Err(error) => {
            let _ = ready.send(Err(error));
        }
    }
}

fn start_runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}
