//! A running simulator, as seen by tests.

mod builder;
mod ca_file;
mod call_batch;
mod call_result;
mod campaign;
mod like;
mod retry_policy;
mod special_date;

use std::{
    io,
    net::TcpListener,
    path::Path,
    sync::{Arc, mpsc as std_mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use tokio::{
    runtime::{Builder, Runtime},
    sync::{mpsc, oneshot},
};
use tokio_rustls::TlsAcceptor;

pub use self::builder::SimulatorBuilder;
use self::ca_file::CaFile;
use crate::{
    admin,
    error::StartError,
    faults::{FaultSequence, Faults, Script},
    records::{Counters, RecordedRequest},
    registry::OBJECTS,
    server::{self, Command, Latency, ServerIdentity, Service},
};

/// A running simulator. Stops when dropped.
#[derive(Debug)]
pub struct Simulator {
    endpoint: String,
    admin_endpoint: String,
    ca_pem: String,
    ca_file: CaFile,
    service: Arc<Service>,
    thread: Option<JoinHandle<()>>,
    ended: oneshot::Receiver<()>,
}

/// Bound sockets, and the commands to the HTTPS listener.
struct Listeners {
    api: TcpListener,
    admin: TcpListener,
    received: mpsc::UnboundedReceiver<Command>,
}

// === impl Simulator ===

impl Simulator {
    /// Returns a builder with defaults.
    pub fn builder() -> SimulatorBuilder {
        SimulatorBuilder::default()
    }

    fn run(
        listeners: Listeners,
        service: Arc<Service>,
        identity: ServerIdentity,
        ca_file: CaFile,
    ) -> Result<Self, StartError> {
        let address = |listener: &TcpListener| listener.local_addr().map_err(StartError::Runtime);
        let endpoint = format!("https://{}", address(&listeners.api)?);
        let admin_endpoint = format!("http://{}", address(&listeners.admin)?);
        let ca_pem = identity.ca_pem.clone();
        let (ready, is_ready) = std_mpsc::sync_channel(1);
        let (end, ended) = oneshot::channel();
        let for_thread = Arc::clone(&service);
        let thread = thread::Builder::new()
            .name("isales-simulator".to_owned())
            .spawn(move || {
                serve_on_this_thread(listeners, for_thread, &identity, &ready);
                // Sending fails if nobody waits for the end, which is fine.
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
            service,
            thread: Some(thread),
            ended,
        })
    }

    /// Returns the address of the API: `https://127.0.0.1:port`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Returns the address of the admin interface: `http://127.0.0.1:port`.
    pub fn admin_endpoint(&self) -> &str {
        &self.admin_endpoint
    }

    /// Returns the CA certificate that clients have to trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Returns the path of the file with the CA certificate.
    pub fn ca_file(&self) -> &Path {
        self.ca_file.path()
    }

    /// Returns the requests since the start or [`clear_requests`](Self::clear_requests), at most
    /// the last 100,000, in the order of arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.state().requests()
    }

    /// Deletes the recorded requests.
    pub fn clear_requests(&self) {
        self.service.state().clear_requests();
    }

    /// Sets how long the server takes to answer.
    pub fn set_latency(&self, latency: Latency) {
        self.service.state().latency = latency;
    }

    /// Replaces the replies to the next matching requests. Scripts queue up.
    pub fn script(&self, script: Script) {
        self.service.state().scripts.push(script);
    }

    /// Removes the scripts that still match requests.
    pub fn clear_scripts(&self) {
        self.service.state().scripts.clear();
    }

    /// Starts a sequence of faults. `Faults::default()` ends it.
    pub fn set_faults(&self, faults: Faults) {
        self.service.state().faults = FaultSequence::new(faults);
    }

    /// Returns the counters since the start or [`clear_counters`](Self::clear_counters).
    pub fn counters(&self) -> Counters {
        self.service.state().counters.clone()
    }

    /// Resets the counters to zero.
    pub fn clear_counters(&self) {
        self.service.state().counters = Counters::default();
    }

    /// Sets the server's clock ahead (positive) or behind (negative), in seconds, by ten years at most.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.service.clock.set_offset(seconds);
    }

    /// Resets every connection and refuses new ones for `pause`. The data stay.
    pub fn restart(&self, pause: Duration) {
        // A server that is already stopping does not restart.
        let _ = self.service.commands.send(Command::Restart(pause));
    }

    /// Stops, after open requests have finished or one second has passed.
    pub async fn stop(mut self) {
        self.request_stop();
        // An error means that the thread has ended, which is the purpose of waiting.
        let _ = (&mut self.ended).await;
    }

    /// Stops like [`stop`](Self::stop), for callers without a runtime.
    pub fn stop_blocking(mut self) {
        self.request_stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn request_stop(&self) {
        let _ = self.service.commands.send(Command::Stop);
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.request_stop();
    }
}

fn serve_on_this_thread(
    listeners: Listeners,
    service: Arc<Service>,
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
            runtime.spawn(admin::serve(admin, Arc::clone(&service), OBJECTS));
            runtime.block_on(server::serve(api, tls, service, listeners.received));
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
