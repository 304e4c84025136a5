//! The TLS configuration: TLS 1.2 and newer, on ring.

use std::{fmt, path::Path, sync::Arc};

use rustls::{
    RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer},
    sign::CertifiedKey,
};
use zeroize::{Zeroize as _, Zeroizing};

use super::{
    ConfigError, PemFinding, PemKind, file, insecure::AnyServer, pem, pinned::GivenCertificates,
};

/// The server certificates to trust.
#[derive(Clone, Debug, Default)]
pub enum ServerTrust {
    /// Certificates issued under the operating system's roots, which are loaded before the first connection.
    #[default]
    SystemRoots,
    /// Certificates issued by these authorities only, and these certificates themselves.
    Authorities(Authorities),
    /// Any certificate (`insecure`): anyone on the network path can read and change everything.
    Anyone,
}

/// Certificates of certificate authorities.
#[derive(Clone)]
pub struct Authorities(Vec<CertificateDer<'static>>);

/// A client certificate and its private key. The key is wiped from memory when dropped, unlike the
/// TLS library's copy. `Debug` shows neither.
pub struct ClientCertificate {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

// === impl Authorities ===

impl Authorities {
    pub(crate) const fn of(certificates: Vec<CertificateDer<'static>>) -> Self {
        Self(certificates)
    }

    pub(crate) fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.0
    }

    /// Parses the setting `ca_cert_pem`: one or more certificates in PEM form.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Pem`] if there is no certificate, or one is malformed.
    pub fn from_pem(pem: &str) -> Result<Self, ConfigError> {
        certificates("ca_cert_pem", pem.as_bytes()).map(Self)
    }

    /// Reads the file that the setting `ca_cert_file` names, off the async threads.
    ///
    /// # Errors
    ///
    /// [`ConfigError::File`] if the file cannot be read; otherwise as for [`Self::from_pem`].
    pub async fn from_file(path: &Path) -> Result<Self, ConfigError> {
        const SETTING: &str = "ca_cert_file";
        certificates(SETTING, &read(SETTING, path).await?).map(Self)
    }
}

impl fmt::Debug for Authorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Authorities({})", self.0.len())
    }
}

// === impl ClientCertificate ===

impl ClientCertificate {
    /// Reads the files that the settings `client_cert_file` and `client_key_file` name, off the async
    /// threads.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if a file cannot be read, or contains no certificate or key.
    pub async fn from_files(certificate: &Path, key: &Path) -> Result<Self, ConfigError> {
        const CERTIFICATE: &str = "client_cert_file";
        const KEY: &str = "client_key_file";
        let (certificate, key) = tokio::join!(read(CERTIFICATE, certificate), read(KEY, key));
        let chain = certificates(CERTIFICATE, &certificate?)?;
        let key = pem::private_key(&key?).map_err(|found| ConfigError::Pem {
            setting: KEY,
            expected: PemKind::PrivateKey,
            found,
        })?;
        Ok(Self { chain, key })
    }

    /// Loads the key, for handshakes.
    pub(crate) fn certified_key(
        &self,
        provider: &CryptoProvider,
    ) -> Result<CertifiedKey, rustls::Error> {
        let key = provider
            .key_provider
            .load_private_key(self.key.clone_key())?;
        Ok(CertifiedKey::new(self.chain.clone(), key))
    }
}

impl Drop for ClientCertificate {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Clone for ClientCertificate {
    fn clone(&self) -> Self {
        Self {
            chain: self.chain.clone(),
            key: self.key.clone_key(),
        }
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCertificate(redacted)")
    }
}

/// Loads the operating system's root certificates. This reads files and may take a while.
pub(crate) fn system_roots() -> Result<RootCertStore, String> {
    let loaded = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(loaded.certs);
    if roots.is_empty() {
        return Err(loaded
            .errors
            .first()
            .map_or_else(|| "there are none".to_owned(), ToString::to_string));
    }
    Ok(roots)
}

/// Returns the configured root certificates. The set is empty for [`ServerTrust::SystemRoots`],
/// which are loaded later, and for [`ServerTrust::Anyone`].
pub(crate) fn given_roots(trust: &ServerTrust) -> Result<RootCertStore, ConfigError> {
    let mut roots = RootCertStore::empty();
    if let ServerTrust::Authorities(Authorities(certificates)) = trust {
        for certificate in certificates {
            roots
                .add(certificate.clone())
                .map_err(|_| ConfigError::Pem {
                    setting: "ca_cert_file or ca_cert_pem",
                    expected: PemKind::Certificate,
                    found: PemFinding::Damaged,
                })?;
        }
    }
    Ok(roots)
}

/// Builds the TLS configuration. [`ServerTrust::Anyone`] ignores the roots.
pub(crate) fn tls_config(
    trust: &ServerTrust,
    roots: RootCertStore,
    client_certificate: Option<&ClientCertificate>,
) -> Result<rustls::ClientConfig, ConfigError> {
    let error = |error: rustls::Error| ConfigError::Tls(error.to_string());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(error)?;
    let builder = match trust {
        // There are none yet when the settings are checked.
        ServerTrust::SystemRoots => builder.with_root_certificates(roots),
        _ => builder
            .dangerous()
            .with_custom_certificate_verifier(verifier(trust, roots)?),
    };
    match client_certificate {
        None => Ok(builder.with_no_client_auth()),
        Some(ClientCertificate { chain, key }) => builder
            .with_client_auth_cert(chain.clone(), key.clone_key())
            .map_err(error),
    }
}

/// Returns what verifies server certificates. [`ServerTrust::Anyone`] ignores the roots.
pub(crate) fn verifier(
    trust: &ServerTrust,
    roots: RootCertStore,
) -> Result<Arc<dyn ServerCertVerifier>, ConfigError> {
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    match trust {
        ServerTrust::Anyone => Ok(Arc::new(AnyServer::new(provider))),
        ServerTrust::Authorities(Authorities(certificates)) => {
            let verifier = GivenCertificates::new(certificates.clone(), roots, provider);
            Ok(Arc::new(verifier.map_err(ConfigError::Tls)?))
        }
        ServerTrust::SystemRoots => {
            let verifier =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
            Ok(verifier.map_err(|error| ConfigError::Tls(error.to_string()))?)
        }
    }
}

fn certificates(
    setting: &'static str,
    pem: &[u8],
) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    pem::certificates(pem).map_err(|found| ConfigError::Pem {
        setting,
        expected: PemKind::Certificate,
        found,
    })
}

async fn read(setting: &'static str, path: &Path) -> Result<Zeroizing<Vec<u8>>, ConfigError> {
    if path.as_os_str().is_empty() {
        return Err(ConfigError::EmptyPath { setting });
    }
    let content = file::read(path).await;
    content.map_err(|problem| ConfigError::File {
        setting,
        path: path.display().to_string(),
        problem,
    })
}
