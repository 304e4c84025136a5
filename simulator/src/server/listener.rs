//! The HTTPS listener: TLS, HTTP/1.1, orderly and abrupt ends of connections.

use std::{
    fmt,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http_body_util::{BodyExt as _, Limited};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::{Command, Service};
use crate::http::{Outcome, WireRequest};

/// Far larger than any request of the API.
const MAX_BODY: usize = 16 * 1024 * 1024;
/// How long open requests may still take when the server stops.
const GRACE: Duration = Duration::from_secs(1);

/// The phase of the listener, which its connections follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Serving,
    Draining,
    Reset,
}

/// A connection from its TLS handshake to its end.
struct Connection {
    tls: TlsAcceptor,
    service: Arc<Service>,
    phase: watch::Receiver<Phase>,
}

/// Makes hyper drop the connection without a reply.
#[derive(Debug)]
struct BrokenConnection;

/// Serves until the command to stop arrives.
pub(crate) async fn serve(
    mut listener: TcpListener,
    tls: TlsAcceptor,
    service: Arc<Service>,
    mut commands: mpsc::UnboundedReceiver<Command>,
) {
    let mut connections = JoinSet::new();
    let (mut phase, _) = watch::channel(Phase::Serving);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (tls, service) = (tls.clone(), Arc::clone(&service));
                    let connection = Connection { tls, service, phase: phase.subscribe() };
                    connections.spawn(connection.run(stream));
                }
                // Probably out of file descriptors: other connections have to end first.
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
    // The end of the runtime closes what is still open after the grace period.
    let _ = timeout(GRACE, drained).await;
}

/// Binds the port again; another process may hold it for a moment.
async fn rebind(address: SocketAddr) -> Option<TcpListener> {
    for _ in 0..50 {
        match TcpListener::bind(address).await {
            Ok(listener) => return Some(listener),
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
    None
}

// === impl BrokenConnection ===

impl fmt::Display for BrokenConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is broken on purpose")
    }
}

impl std::error::Error for BrokenConnection {}

// === impl Connection ===

impl Connection {
    async fn run(mut self, stream: TcpStream) {
        // Without it, small replies are delayed. A failure costs time, not correctness.
        let _ = stream.set_nodelay(true);
        let stream = tokio::select! {
            accepted = self.tls.accept(stream) => match accepted {
                Ok(stream) => stream,
                Err(_) => return,
            },
            () = left(&mut self.phase) => return,
        };
        self.service.state().counters.connections += 1;
        let reset = AtomicBool::new(false);
        let (service, reset) = (&self.service, &reset);
        let handler = service_fn(async |request| {
            let open = service.open_request();
            match answer(service, request).await {
                Outcome::Reply(reply) => Ok(reply.into_response(open)),
                Outcome::Reset => {
                    reset.store(true, Ordering::Relaxed);
                    Err(BrokenConnection)
                }
                Outcome::Close => Err(BrokenConnection),
            }
        });
        let mut connection = Box::pin(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), handler),
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
            // Makes the following close send a reset.
            let _ = stream.get_ref().0.set_zero_linger();
        }
    }
}

/// Waits until the listener leaves [`Phase::Serving`].
async fn left(phase: &mut watch::Receiver<Phase>) {
    // An error means that the listener has gone, which is also an end.
    let _ = phase.wait_for(|phase| *phase != Phase::Serving).await;
}

async fn answer(service: &Arc<Service>, request: Request<Incoming>) -> Outcome {
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
    // In a separate task, because a real server also continues when the client disconnects.
    let service = Arc::clone(service);
    let handled = tokio::spawn(async move { service.handle(request).await });
    handled.await.unwrap_or(Outcome::Reset)
}
