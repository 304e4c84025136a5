//! TLS handshakes that go through whatever certificate the server presents, and record it.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rustls::{
    ClientConfig as TlsConfig, DigitallySignedStruct, Error, ProtocolVersion, SignatureScheme,
    client::{
        ResolvesClientCert,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    sign::CertifiedKey,
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

/// A TLS connection, whose certificate is recorded and not verified: [`verify`](super::verify) does.
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
    let records = Records::new(&provider, client_certificate)
        .map_err(|error| HandshakeFailure::Tls(tls_failure(&error)))?;
    let records = Arc::new(records);
    let config =
        config(provider, &records).map_err(|error| HandshakeFailure::Tls(tls_failure(&error)))?;
    let connect = TlsConnector::from(Arc::new(config)).connect(name, stream);
    let stream = timeout(limit, connect)
        .await
        .map_err(|_| HandshakeFailure::TimedOut)?
        .map_err(|error| failure(&error))?;
    let version = match stream.get_ref().1.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        _ => "TLS 1.2",
    };
    let seen = records.seen();
    Ok(Handshake {
        version,
        chain: seen.chain.into_iter().map(Certificate::new).collect(),
        client_issuers: seen.client_issuers,
        stream,
    })
}

fn config(provider: Arc<CryptoProvider>, records: &Arc<Records>) -> Result<TlsConfig, Error> {
    let mut config = TlsConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(records) as _)
        .with_client_cert_resolver(Arc::clone(records) as _);
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

/// Accepts any server, and records what it sends.
#[derive(Debug)]
struct Records {
    accept: AnyServer,
    own: Option<Arc<CertifiedKey>>,
    seen: Mutex<Seen>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    chain: Vec<CertificateDer<'static>>,
    client_issuers: Option<Vec<String>>,
}

// === impl Records ===

impl Records {
    fn new(
        provider: &Arc<CryptoProvider>,
        client_certificate: Option<&ClientCertificate>,
    ) -> Result<Self, Error> {
        let own = client_certificate.map(|certificate| certificate.certified_key(provider));
        Ok(Self {
            accept: AnyServer::new(Arc::clone(provider)),
            own: own.transpose()?.map(Arc::new),
            seen: Mutex::default(),
        })
    }

    fn seen(&self) -> Seen {
        self.record(|seen| seen.clone())
    }

    fn record<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        change(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ServerCertVerifier for Records {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = [end_entity].into_iter().chain(intermediates);
        let chain = chain.map(|certificate| certificate.clone().into_owned());
        self.record(|seen| seen.chain = chain.collect());
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.accept
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.accept
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.accept.supported_verify_schemes()
    }
}

impl ResolvesClientCert for Records {
    fn resolve(
        &self,
        root_hint_subjects: &[&[u8]],
        _sigschemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let issuers = root_hint_subjects
            .iter()
            .filter_map(|name| Name::from_der(name).ok())
            .map(|name| certificate::shown(&name));
        self.record(|seen| seen.client_issuers = Some(issuers.collect()));
        self.own.clone()
    }

    fn has_certs(&self) -> bool {
        // Otherwise a TLS 1.2 handshake keeps no transcript for a certificate.
        true
    }
}
