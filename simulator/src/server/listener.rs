//! The HTTPS listener: TLS, HTTP/1.1, connections that end in order or by a reset.

use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::served::{Outcome, Served};
use crate::wire::WireRequest;

/// Far more than any request of the interface.
const MAX_BODY: usize = 16 * 1024 * 1024;
/// How long open requests may take when the server stops.
const GRACE: Duration = Duration::from_secs(1);

/// What the listener can be told.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Command {
    /// Reset every connection, accept none for so long, go on.
    Restart(Duration),
    /// Let open requests finish, then end.
    Stop,
}

/// What a connection has to do when the listener ends or restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Serving,
    Draining,
    Reset,
}

/// Serves until told to stop.
pub(crate) async fn serve(
    mut listener: TcpListener,
    tls: TlsAcceptor,
    served: Arc<Served>,
    mut commands: mpsc::UnboundedReceiver<Command>,
) {
    let mut connections = JoinSet::new();
    let (mut phase, _) = watch::channel(Phase::Serving);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (tls, served) = (tls.clone(), Arc::clone(&served));
                    let connection = Connection { tls, served, phase: phase.subscribe() };
                    connections.spawn(connection.run(stream));
                }
                // Out of file descriptors, for one: other connections have to end first.
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
            command = commands.recv() => match command {
                Some(Command::Restart(pause)) => {
                    let Ok(address) = listener.local_addr() else { return };
                    drop(listener);
                    phase.send_replace(Phase::Reset);
                    sleep(pause).await;
                    phase = watch::channel(Phase::Serving).0;
                    listener = match rebind(address).await {
                        Some(listener) => listener,
                        None => return,
                    };
                }
                Some(Command::Stop) | None => break,
            },
        }
    }
    drop(listener);
    phase.send_replace(Phase::Draining);
    let drained = async { while connections.join_next().await.is_some() {} };
    // What is still open after the grace period goes down with the runtime.
    let _ = timeout(GRACE, drained).await;
}

/// Another process may hold the port for a moment.
async fn rebind(address: SocketAddr) -> Option<TcpListener> {
    for _ in 0..50 {
        match TcpListener::bind(address).await {
            Ok(listener) => return Some(listener),
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
    None
}

struct Connection {
    tls: TlsAcceptor,
    served: Arc<Served>,
    phase: watch::Receiver<Phase>,
}

/// The error that makes hyper drop a connection without a reply.
#[derive(Debug)]
struct ResetConnection;

impl fmt::Display for ResetConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is reset on purpose")
    }
}

impl std::error::Error for ResetConnection {}

impl Connection {
    async fn run(mut self, stream: TcpStream) {
        // Without it small replies wait; a failure costs time, not correctness.
        let _ = stream.set_nodelay(true);
        let stream = tokio::select! {
            accepted = self.tls.accept(stream) => match accepted {
                Ok(stream) => stream,
                Err(_) => return,
            },
            () = left(&mut self.phase) => return,
        };
        self.served.state().counters.connections += 1;
        let reset = AtomicBool::new(false);
        let (served, reset) = (&self.served, &reset);
        let service = service_fn(async |request| {
            let open = served.open_request();
            match answer(served, request).await {
                Outcome::Reply(reply) => Ok(reply.into_response(open)),
                Outcome::Reset => {
                    reset.store(true, Ordering::Relaxed);
                    Err(ResetConnection)
                }
            }
        });
        let mut connection = Box::pin(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service),
        );
        tokio::select! {
            _ = connection.as_mut() => {}
            () = left(&mut self.phase) => {
                if *self.phase.borrow() == Phase::Draining {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.as_mut().await;
                } else {
                    reset.store(true, Ordering::Relaxed);
                }
            }
        }
        if reset.load(Ordering::Relaxed) {
            let stream = Pin::into_inner(connection).into_parts().io.into_inner();
            // With it the close that follows sends a reset instead of an orderly end.
            let _ = stream.get_ref().0.set_zero_linger();
        }
    }
}

async fn left(phase: &mut watch::Receiver<Phase>) {
    // An error means that the listener is gone, which is the end as well.
    let _ = phase.wait_for(|phase| *phase != Phase::Serving).await;
}

async fn answer(served: &Arc<Served>, request: Request<Incoming>) -> Outcome {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(_) => return Outcome::Reset,
    };
    let request = WireRequest {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers,
        body,
    };
    // In a task of its own: a real server, too, goes on when the client hangs up.
    let served = Arc::clone(served);
    let handled = tokio::spawn(async move { served.handle(request).await });
    handled.await.unwrap_or(Outcome::Reset)
}
