//! TLS handshakes that go through whatever certificate the server presents, and return it.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rustls::{
    ClientConfig as TlsConfig, Error, ProtocolVersion, SignatureScheme, client::ResolvesClientCert,
    crypto::CryptoProvider, pki_types::ServerName, sign::CertifiedKey,
};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use x509_cert::{der::Decode as _, name::Name};

use super::{Certificate, Connection, certificate};
use crate::{
    config::{ClientCertificate, insecure::AnyServer},
    error::TlsFailure,
    http::tls_failure,
};

/// A TLS connection, whose certificate is not verified: [`verify`](super::verify) does.
#[derive(Debug)]
pub struct Handshake<S> {
    /// `TLS 1.3` or `TLS 1.2`.
    pub version: &'static str,
    /// The server's certificate, and those that it sent after it.
    pub chain: Vec<Certificate>,
    /// The issuers of client certificates that the server named when it asked for one; `None` if it
    /// asked for none.
    pub client_issuers: Option<Vec<String>>,
    /// The connection.
    pub stream: S,
}

/// The reason why a handshake was not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandshakeFailure {
    /// TLS itself failed.
    Tls(TlsFailure),
    /// The server closed or reset the connection. Contains the reason.
    Closed(String),
    /// The server did not answer within the limit.
    TimedOut,
    /// The host is neither a name nor an address for which there are certificates.
    Name,
}

/// Makes a handshake with any server, and presents the client certificate if it asks for one.
///
/// # Errors
///
/// [`HandshakeFailure`], never because of the server's certificate.
pub async fn handshake<S: Connection + 'static>(
    stream: S,
    host: &str,
    client_certificate: Option<&ClientCertificate>,
    limit: Duration,
) -> Result<Handshake<impl Connection + 'static>, HandshakeFailure> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| HandshakeFailure::Name)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let presented = Presented::new(&provider, client_certificate)
        .map_err(|error| HandshakeFailure::Tls(tls_failure(&error)))?;
    let presented = Arc::new(presented);
    let config =
        config(provider, &presented).map_err(|error| HandshakeFailure::Tls(tls_failure(&error)))?;
    let connect = TlsConnector::from(Arc::new(config)).connect(name, stream);
    let stream = timeout(limit, connect)
        .await
        .map_err(|_| HandshakeFailure::TimedOut)?
        .map_err(|error| failure(&error))?;
    let (_, connection) = stream.get_ref();
    let version = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        _ => "TLS 1.2",
    };
    let chain = connection.peer_certificates().unwrap_or_default();
    Ok(Handshake {
        version,
        chain: chain.iter().cloned().map(Certificate::new).collect(),
        client_issuers: presented.issuers().take(),
        stream,
    })
}

fn config(provider: Arc<CryptoProvider>, presented: &Arc<Presented>) -> Result<TlsConfig, Error> {
    let any_server = AnyServer::new(Arc::clone(&provider));
    let mut config = TlsConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(any_server))
        .with_client_cert_resolver(Arc::clone(presented) as _);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn failure(error: &io::Error) -> HandshakeFailure {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    match tls {
        Some(error) => HandshakeFailure::Tls(tls_failure(error)),
        None => HandshakeFailure::Closed(error.to_string()),
    }
}

/// Presents the client certificate, and records whom the server asks for one from.
#[derive(Debug)]
struct Presented {
    own: Option<Arc<CertifiedKey>>,
    issuers: Mutex<Option<Vec<String>>>,
}

// === impl Presented ===

impl Presented {
    fn new(
        provider: &CryptoProvider,
        client_certificate: Option<&ClientCertificate>,
    ) -> Result<Self, Error> {
        let own = client_certificate.map(|certificate| certificate.certified_key(provider));
        Ok(Self {
            own: own.transpose()?.map(Arc::new),
            issuers: Mutex::default(),
        })
    }

    fn issuers(&self) -> MutexGuard<'_, Option<Vec<String>>> {
        self.issuers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ResolvesClientCert for Presented {
    fn resolve(
        &self,
        root_hint_subjects: &[&[u8]],
        _sigschemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let issuers = root_hint_subjects
            .iter()
            .filter_map(|name| Name::from_der(name).ok())
            .map(|name| certificate::shown(&name));
        *self.issuers() = Some(issuers.collect());
        self.own.clone()
    }

    fn has_certs(&self) -> bool {
        // Otherwise a TLS 1.2 handshake keeps no transcript for a certificate.
        true
    }
}
