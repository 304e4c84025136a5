//! The way to a server in single steps, for diagnosis: name resolution, connection, tunnel through a
//! proxy, TLS handshake, and the server's time. Each reports what it met, where the requests of a
//! [`Client`](crate::Client) only report that they failed.
//!
//! Nothing here sends a key, a signature or anything else that is secret, except for the login that the
//! URL of a proxy contains.

mod certificate;
mod connect;
mod date;
mod handshake;
mod resolve;
mod trust;
mod tunnel;

use tokio::io::{AsyncRead, AsyncWrite};

pub use self::{
    certificate::{Certificate, CertificateContent},
    connect::{ConnectFailure, connect},
    date::server_date,
    handshake::{Handshake, HandshakeFailure, handshake},
    resolve::resolve,
    trust::{Roots, given_certificates, verify},
    tunnel::{TunnelFailure, tunnel},
};

/// A connection, of whatever kind.
pub trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}
