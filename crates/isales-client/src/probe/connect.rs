//! TCP connections.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{net::TcpStream, time::timeout};

/// The reason why a connection was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectFailure {
    /// The machine is there, and nothing listens on the port.
    Refused,
    /// Nothing answered within the limit, as behind a firewall that drops packets.
    TimedOut,
    /// There is no way to the machine.
    Unreachable,
    /// Any other reason, as the system gives it.
    Other(String),
}

/// Connects to an address.
///
/// # Errors
///
/// [`ConnectFailure`].
pub async fn connect(address: SocketAddr, limit: Duration) -> Result<TcpStream, ConnectFailure> {
    match timeout(limit, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => {
            // Without it, small messages are delayed. A failure costs time, not correctness.
            let _ = stream.set_nodelay(true);
            Ok(stream)
        }
        Ok(Err(error)) => Err(failure(&error)),
        Err(_) => Err(ConnectFailure::TimedOut),
    }
}

fn failure(error: &io::Error) -> ConnectFailure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => ConnectFailure::Refused,
        io::ErrorKind::TimedOut => ConnectFailure::TimedOut,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            ConnectFailure::Unreachable
        }
        _ => ConnectFailure::Other(error.to_string()),
    }
}
