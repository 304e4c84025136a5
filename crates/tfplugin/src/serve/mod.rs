//! The process that go-plugin expects: handshake, transport, additional services, shutdown.
//!
//! [`serve`] runs a service until the host, a signal or, in debug mode, the user ends it.

mod broker;
mod command_line;
mod connection;
mod connections;
mod controller;
mod environment;
mod error;
mod failure;
mod handshake;
mod health;
mod host_certificate;
mod incoming;
mod listener;
mod mode;
mod network;
mod p521_signature;
mod provider_calls;
mod reattach;
mod services;
mod shutdown;
mod standard_output;
mod stdio;
mod tls;

use std::{sync::Arc, time::Duration};

use tokio::{
    runtime,
    sync::mpsc,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use self::{
    connection::Connection,
    connections::serve_connections,
    handshake::HandshakeLine,
    incoming::incoming,
    listener::{Address, Bound},
    reattach::reattach_assignments,
    services::Services,
    shutdown::{ShutdownReason, ShutdownSignals},
    standard_output::announce,
    tls::Tls,
};
use super::proto::tfplugin6::provider_server::Provider;

pub use self::{
    command_line::{Command, CommandLineError, help},
    environment::{Environment, EnvironmentError, HostDemands, SocketSettings},
    error::ServeError,
    failure::Audience,
    handshake::PROTOCOL_VERSION,
    host_certificate::{HostCertificate, HostCertificateError},
    listener::ListenError,
    mode::{Mode, PluginInfo},
    network::Network,
    tls::TlsSetupError,
};

/// How long running calls may delay the shutdown. The host kills the process after two seconds.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(250);

/// How long they may delay it after a signal: the host may not know of the signal, and should receive
/// the results so far.
const WIND_DOWN_TIMEOUT: Duration = Duration::from_secs(30);

/// A provider's service that can be shut down.
#[tonic::async_trait]
pub trait Served: Provider {
    /// Cancels the calls in flight and all later ones, and waits for their responses.
    async fn wind_down(&self);
}

/// Serves `provider` until shutdown, on a single-threaded runtime of its own.
///
/// Writes to standard output: when hosted, only the handshake line.
///
/// # Errors
/// There is no host, its requirements cannot be met, or the system refuses a socket. Nothing has been
/// served then.
pub fn serve(
    provider: impl Served,
    info: &PluginInfo,
    mode: Mode,
    environment: Environment,
) -> Result<(), ServeError> {
    serve_any(Arc::new(provider), info, mode, environment)
}

/// Does the same whatever the type of the provider, so that the server is compiled with this crate.
fn serve_any(
    provider: Arc<dyn Served>,
    info: &PluginInfo,
    mode: Mode,
    environment: Environment,
) -> Result<(), ServeError> {
    let host = match (mode, environment.host) {
        (Mode::Debug, _) => None,
        (Mode::Hosted, Some(host)) => Some(host),
        (Mode::Hosted, None) => return Err(ServeError::NotHosted { name: info.name }),
    };
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    let served = runtime.block_on(run(provider, info, mode, host, &environment.sockets));
    // Blocking work does not delay the shutdown either.
    runtime.shutdown_background();
    served
}

async fn run(
    provider: Arc<dyn Served>,
    info: &PluginInfo,
    mode: Mode,
    host: Option<HostDemands>,
    sockets: &SocketSettings,
) -> Result<(), ServeError> {
    let ending = CancellationToken::new();
    let mut end = ShutdownSignals::install(mode, ending.clone()).map_err(ServeError::Signals)?;
    let authenticates = host.as_ref().is_some_and(|host| host.certificate.is_some());
    let Bound {
        listener,
        address,
        directory,
    } = Bound::bind(sockets, authenticates).await?;
    let tls = host
        .as_ref()
        .and_then(|host| host.certificate.clone())
        .map(Tls::new)
        .transpose()?;

    let announcement = match &host {
        Some(host) => handshake_line(host, tls.as_ref(), &address),
        None => debug_announcement(info, &address)?,
    };
    announce(&announcement).map_err(ServeError::Announce)?;
    log::debug!(version = info.version, network:% = address.network; "Serving");

    let connections = incoming(listener, tls.map(|tls| tls.acceptor), mode);
    serve_until(async || end.wait().await, provider, connections, &ending).await;
    drop(directory);
    Ok(())
}

/// Serves clients until `end`. Then completes the calls in flight, for a limited time and no longer than
/// until the next `end`.
async fn serve_until(
    mut end: impl AsyncFnMut() -> ShutdownReason,
    provider: Arc<dyn Served>,
    connections: mpsc::Receiver<Connection>,
    ending: &CancellationToken,
) {
    let calls: Arc<dyn Provider> = Arc::clone(&provider) as _;
    let services = Services::new(calls, ending);
    let served = serve_connections(services, connections, ending);
    let out_of_patience = async {
        let why = end().await;
        log::debug!(why:%; "Ending");
        if let ShutdownReason::Terminated | ShutdownReason::Interrupted = why {
            // The host is still served, and may request the shutdown itself.
            tokio::select! {
                _in_time = timeout(WIND_DOWN_TIMEOUT, provider.wind_down()) => {}
                why = end() => log::debug!(why:%; "Ending at once"),
            }
        }
        // This ends the open streams of go-plugin's services, so that only calls can delay the shutdown.
        ending.cancel();
        sleep(DRAIN_TIMEOUT).await;
    };
    tokio::select! {
        () = served => {}
        () = out_of_patience => log::debug!("Calls were still running at the end"),
    }
}

fn handshake_line(host: &HostDemands, tls: Option<&Tls>, address: &Address) -> String {
    let versions = &host.protocol_versions;
    if !versions.is_empty() && !versions.contains(&PROTOCOL_VERSION) {
        // The host compares the versions too, and tells the user which side to upgrade.
        log::error!(host:? = versions, plugin = PROTOCOL_VERSION; "No common protocol version");
    }
    let line = HandshakeLine {
        address,
        certificate: &tls.map(Tls::certificate_base64).unwrap_or_default(),
        answers_multiplexing: host.asks_multiplexing,
    };
    format!("{line}\n")
}

fn debug_announcement(info: &PluginInfo, address: &Address) -> Result<String, ServeError> {
    let assignments =
        reattach_assignments(&info.addresses(), address).map_err(ServeError::Reattach)?;
    Ok(format!(
        "{} waits for Terraform or OpenTofu until Ctrl-C. Run either in another terminal with this \
         variable set:\n\n{assignments}\n",
        info.name
    ))
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::sync::Notify;
    use tonic::{Request, Response, Status, transport::Channel};

    use super::*;
    use crate::proto::tfplugin6::{provider_client::ProviderClient, stop_provider};

    /// A provider with a call that reports its start, and never ends.
    struct Endless(Arc<Notify>);

    #[tonic::async_trait]
    impl Provider for Endless {
        async fn stop_provider(
            &self,
            _request: Request<stop_provider::Request>,
        ) -> Result<Response<stop_provider::Response>, Status> {
            self.0.notify_one();
            pending().await
        }
    }

    #[tonic::async_trait]
    impl Served for Endless {
        async fn wind_down(&self) {
            pending().await
        }
    }

    #[tokio::test]
    async fn a_call_that_never_ends_does_not_hold_up_the_end() {
        let bound = Bound::tcp(&(20_000..=60_000)).await.unwrap();
        let connections = incoming(bound.listener, None, Mode::Hosted);
        let begun = Arc::new(Notify::new());
        let provider = Arc::new(Endless(begun.clone()));

        let uri = format!("http://{}", bound.address.address);
        let call = tokio::spawn(async move {
            let channel = Channel::from_shared(uri).unwrap().connect().await.unwrap();
            let mut client = ProviderClient::new(channel);
            client.stop_provider(stop_provider::Request {}).await
        });
        let end = async || {
            begun.notified().await;
            ShutdownReason::Requested
        };
        let ending = CancellationToken::new();
        let served = serve_until(end, provider, connections, &ending);
        let served = tokio::time::timeout(Duration::from_secs(30), served).await;
        served.expect("it ends");
        assert!(!call.is_finished(), "the call was still running");
        call.abort();
    }

    /// Returns these reasons one by one, and none after the last.
    fn ends(ends: impl IntoIterator<Item = ShutdownReason>) -> impl AsyncFnMut() -> ShutdownReason {
        let mut ends = ends.into_iter();
        async move || match ends.next() {
            Some(end) => end,
            None => pending().await,
        }
    }

    /// Returns how long a provider that does not wind down is served.
    async fn served_for(signals: impl IntoIterator<Item = ShutdownReason>) -> Duration {
        let (_clients, connections) = tokio::sync::mpsc::channel(1);
        let provider = Arc::new(Endless(Arc::default()));
        let began = tokio::time::Instant::now();
        let ending = CancellationToken::new();
        serve_until(ends(signals), provider, connections, &ending).await;
        began.elapsed()
    }

    // The clock is paused, and advances to the next timer when nothing else is to be done.
    #[tokio::test(start_paused = true)]
    async fn a_provider_that_does_not_wind_down_is_not_waited_for_forever() {
        for signal in [ShutdownReason::Terminated, ShutdownReason::Interrupted] {
            let waited = served_for([signal]).await;
            assert!(waited >= WIND_DOWN_TIMEOUT, "{waited:?}");
            assert!(waited <= 2 * WIND_DOWN_TIMEOUT, "{waited:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_signal_ends_the_wait() {
        for again in [
            ShutdownReason::Interrupted,
            ShutdownReason::Requested,
            ShutdownReason::HostGone,
        ] {
            let waited = served_for([ShutdownReason::Interrupted, again]).await;
            assert!(waited < WIND_DOWN_TIMEOUT, "{waited:?}");
        }
    }
}
