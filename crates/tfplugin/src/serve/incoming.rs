//! Accepts and authenticates clients, and hands them to the gRPC server.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::{connection::Connection, listener::Listener, mode::Mode};
use crate::connection::ConnectionSlot;

/// The timeout of the TLS handshake.
const TLS_HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The pause after a failed accept, for example for lack of file handles.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts clients until the receiving end is dropped. With TLS, only authenticated ones
/// are handed on.
///
/// A hosted process is one instance of the provider, however often its host connects. With
/// `--debug`, each connection is one: Terraform opens one for each `provider` block.
pub(super) fn incoming(
    listener: Listener,
    tls: Option<TlsAcceptor>,
    mode: Mode,
) -> mpsc::Receiver<Connection> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(accept_all(listener, tls, mode, sender));
    receiver
}

async fn accept_all(
    listener: Listener,
    tls: Option<TlsAcceptor>,
    mode: Mode,
    accepted: mpsc::Sender<Connection>,
) {
    // Handshakes run concurrently, so that a stalled client delays only itself.
    let mut handshakes = JoinSet::new();
    loop {
        tokio::select! {
            () = accepted.closed() => return,
            Some(_) = handshakes.join_next() => {}
            client = listener.accept() => match client {
                Ok(client) => {
                    handshakes.spawn(hand_on(client, tls.clone(), mode, accepted.clone()));
                }
                Err(error) => {
                    log::warn!(error:%; "Cannot accept a client");
                    sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
}

async fn hand_on(
    client: Connection,
    tls: Option<TlsAcceptor>,
    mode: Mode,
    accepted: mpsc::Sender<Connection>,
) {
    let mut client = match tls {
        None => client,
        Some(tls) => match timeout(TLS_HANDSHAKE_TIMEOUT, tls.accept(client)).await {
            Ok(Ok(stream)) => Connection::new(stream),
            Ok(Err(error)) => {
                return log::warn!(error:%; "Refused a client that is not the host");
            }
            Err(_) => return log::warn!("Refused a client that did not finish its TLS handshake"),
        },
    };
    client.slot = (mode == Mode::Debug).then(ConnectionSlot::default);
    // An error means that the server has ended; the client sees a closed connection.
    let _ended = accepted.send(client).await;
}

#[cfg(test)]
mod tests {
    use tokio::{io::AsyncReadExt as _, net::TcpStream};

    use super::*;
    use crate::serve::{host_certificate::HostCertificate, listener::Bound, tls::Tls};

    const CERTIFICATE: &str = include_str!("../../tests/data/host.pem");

    // The clock is paused, and advances to the next timer when nothing else is to be done.
    #[tokio::test(start_paused = true)]
    async fn a_stalled_client_is_disconnected() {
        let bound = Bound::tcp(&(20_000..=60_000)).await.unwrap();
        let tls = Tls::new(HostCertificate::from_pem(CERTIFICATE).unwrap()).unwrap();
        let _connections = incoming(bound.listener, Some(tls.acceptor), Mode::Hosted);
        let mut client = TcpStream::connect(bound.address.address).await.unwrap();
        let mut answer = Vec::new();
        let end = timeout(2 * TLS_HANDSHAKE_TIMEOUT, client.read_to_end(&mut answer)).await;
        end.expect("the connection ends").unwrap();
        assert!(answer.is_empty());
    }
}
