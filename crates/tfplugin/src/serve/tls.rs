//! TLS pinned on both sides, with a new certificate of the plugin at every start.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::NoServerSessionStorage,
};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

use super::host_certificate::{HostCertificate, HostVerifier};

/// The server name that the host expects.
const SERVER_NAME: &str = "localhost";

/// The plugin's side of AutoMTLS.
#[derive(Clone)]
pub(super) struct Tls {
    pub(super) acceptor: TlsAcceptor,
    certificate: CertificateDer<'static>,
}

/// The error of setting up TLS.
#[derive(Debug, Error)]
pub enum TlsSetupError {
    /// The key or certificate cannot be created.
    #[error("cannot make the certificate of this process: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library rejects the settings.
    #[error("cannot set up TLS: {0}")]
    Settings(#[from] rustls::Error),
}

impl Tls {
    /// Creates a certificate, and settings that accept only `host`.
    pub(super) fn new(host: HostCertificate) -> Result<Self, TlsSetupError> {
        let key = KeyPair::generate()?;
        let certificate = certificate_params()?.self_signed(&key)?.der().clone();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());

        let provider = Arc::new(ring::default_provider());
        let verifier = HostVerifier::new(host, &provider);
        let mut settings = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![certificate.clone()], key)?;
        settings.alpn_protocols = vec![b"h2".to_vec()];
        // No resumption: every connection proves that it holds the host's key.
        settings.session_storage = Arc::new(NoServerSessionStorage {});
        settings.send_tls13_tickets = 0;

        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(settings)),
            certificate,
        })
    }

    /// Returns the certificate for the handshake line: DER in base64 without padding.
    pub(super) fn certificate_base64(&self) -> String {
        STANDARD_NO_PAD.encode(&self.certificate)
    }
}

fn certificate_params() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(vec![SERVER_NAME.to_owned()])?;
    params
        .distinguished_name
        .push(DnType::CommonName, SERVER_NAME);
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}
