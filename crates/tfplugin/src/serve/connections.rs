//! Serves connections over HTTP/2.
//!
//! hyper does it. tonic's server would bring HTTP/1 along, which no host speaks with a plugin.

use std::pin::pin;

use hyper::{body::Incoming, server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{connection::Connection, services::Services};

/// Serves each connection until the client or `ending` ends it. After `ending`, takes no other
/// connection and no other call, and waits for the calls in flight.
pub(super) async fn serve_connections(
    services: Services,
    mut connections: mpsc::Receiver<Connection>,
    ending: &CancellationToken,
) {
    let mut served = JoinSet::new();
    loop {
        tokio::select! {
            () = ending.cancelled() => break,
            Some(_) = served.join_next() => {}
            connection = connections.recv() => match connection {
                Some(connection) => {
                    served.spawn(serve_connection(services.clone(), connection, ending.clone()));
                }
                None => break,
            },
        }
    }
    drop(connections);
    while served.join_next().await.is_some() {}
}

async fn serve_connection(services: Services, connection: Connection, ending: CancellationToken) {
    let slot = connection.slot.clone();
    let service = service_fn(|mut request: http::Request<Incoming>| {
        request.extensions_mut().insert(slot.clone());
        services.call(request)
    });
    let mut http2 = http2::Builder::new(TokioExecutor::new());
    // Behind a limit, StopProvider would wait for the calls that it is to end.
    http2.max_concurrent_streams(None);
    let connection = http2.serve_connection(TokioIo::new(connection), service);
    let mut connection = pin!(connection);
    let end = tokio::select! {
        end = &mut connection => end,
        () = ending.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = end {
        log::debug!(error:%; "A connection has failed");
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::pending,
        sync::{Arc, atomic::AtomicUsize, atomic::Ordering},
        time::Duration,
    };

    use tokio::{sync::Notify, time::timeout};
    use tonic::{Request, Response, Status, transport::Channel};

    use super::*;
    use crate::{
        proto::tfplugin6::{
            provider_client::ProviderClient, provider_server::Provider, stop_provider,
        },
        serve::{incoming::incoming, listener::Bound, mode::Mode},
    };

    /// More than hyper lets run on one connection if it is not asked to.
    const CALLS: usize = 300;

    /// A provider whose calls never end. Reports when all of them have begun.
    #[derive(Default)]
    struct Endless {
        begun: AtomicUsize,
        all: Arc<Notify>,
    }

    #[tonic::async_trait]
    impl Provider for Endless {
        async fn stop_provider(
            &self,
            _request: Request<stop_provider::Request>,
        ) -> Result<Response<stop_provider::Response>, Status> {
            if self.begun.fetch_add(1, Ordering::Relaxed) + 1 == CALLS {
                self.all.notify_one();
            }
            pending().await
        }
    }

    #[tokio::test]
    async fn calls_do_not_wait_for_each_other() {
        let bound = Bound::tcp(&(20_000..=60_000)).await.unwrap();
        let uri = format!("http://{}", bound.address.address);
        let provider = Endless::default();
        let all = Arc::clone(&provider.all);
        let server = tokio::spawn(async move {
            let ending = CancellationToken::new();
            let services = Services::new(Arc::new(provider), &ending);
            let connections = incoming(bound.listener, None, Mode::Hosted);
            serve_connections(services, connections, &ending).await;
        });
        let channel = Channel::from_shared(uri).unwrap().connect().await.unwrap();
        let mut calls = JoinSet::new();
        for _ in 0..CALLS {
            let mut client = ProviderClient::new(channel.clone());
            calls.spawn(async move { client.stop_provider(stop_provider::Request {}).await });
        }
        let begun = timeout(Duration::from_secs(30), all.notified()).await;
        begun.expect("all calls are handled at once");
        server.abort();
    }
}
