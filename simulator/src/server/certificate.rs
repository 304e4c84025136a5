//! The server's certificate authority and leaf certificate, generated at every start.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, SanType, date_time_ymd,
};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject as _},
    server::WebPkiClientVerifier,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::StartError;

/// The leaf certificate that the server presents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeafCertificate {
    /// Valid for `127.0.0.1`, `::1` and `localhost`.
    #[default]
    Valid,
    /// Correct names, but expired in 2001.
    Expired,
    /// Not expired, but valid only for `isales.invalid`.
    WrongName,
}

/// A TLS configuration, and the CA that clients have to trust.
pub(crate) struct ServerIdentity {
    pub(crate) tls: Arc<ServerConfig>,
    pub(crate) ca_pem: String,
}

// === impl ServerIdentity ===

impl ServerIdentity {
    /// Generates the CA and a leaf. If `clients` has the PEM of a CA, clients have to present a
    /// certificate issued by it.
    pub(crate) fn generate(
        leaf: LeafCertificate,
        clients: Option<&str>,
    ) -> Result<Self, StartError> {
        let ca = certificate_authority()?;
        let key = KeyPair::generate()?;
        let certificate = leaf_parameters(leaf).signed_by(&key, &ca)?;
        let private_key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(pem) => {
                let mut roots = RootCertStore::empty();
                roots.add(
                    CertificateDer::from_pem_slice(pem.as_bytes())
                        .map_err(StartError::ClientAuthority)?,
                )?;
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build()?)
            }
        };
        let mut tls = builder.with_single_cert(vec![certificate.der().clone()], private_key)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            tls: Arc::new(tls),
            ca_pem: ca.pem(),
        })
    }
}

fn certificate_authority() -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters
        .distinguished_name
        .push(DnType::CommonName, authority_name(&key));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(parameters, key)
}

/// Returns a name that differs for each key, so that a client with the CA of an earlier run reports
/// an unknown issuer instead of a bad signature.
fn authority_name(key: &KeyPair) -> String {
    let digest = Sha256::digest(key.public_key_raw());
    let suffix: String = digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("isales-simulator CA {suffix}")
}

fn leaf_parameters(leaf: LeafCertificate) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters
        .distinguished_name
        .push(DnType::CommonName, "isales-simulator");
    parameters.use_authority_key_identifier_extension = true;
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let dns_name = |name: &'static str| name.try_into().ok().map(SanType::DnsName);
    parameters.subject_alt_names = match leaf {
        LeafCertificate::Valid | LeafCertificate::Expired => dns_name("localhost")
            .into_iter()
            .chain([
                SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
                SanType::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)),
            ])
            .collect(),
        LeafCertificate::WrongName => dns_name("isales.invalid").into_iter().collect(),
    };
    if leaf == LeafCertificate::Expired {
        parameters.not_before = date_time_ymd(2000, 1, 1);
        parameters.not_after = date_time_ymd(2001, 1, 1);
    }
    parameters
}
