//! Whether a certificate is trusted, and by whom it would be.

use std::{sync::Arc, time::SystemTime};

use rustls::{
    RootCertStore,
    client::danger::ServerCertVerifier,
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use super::Certificate;
use crate::{
    config::{Authorities, ConfigError, ServerTrust, tls},
    error::TlsFailure,
    http::tls_failure,
};

/// Something to verify certificates with.
#[derive(Clone, Debug)]
pub struct Roots(Arc<dyn ServerCertVerifier>);

// === impl Roots ===

impl Roots {
    /// Takes what the settings trust. `None` if they trust any server.
    ///
    /// # Errors
    ///
    /// The roots cannot be loaded, or there are none.
    pub async fn of(trust: &ServerTrust) -> Result<Option<Self>, String> {
        let reason = |error: ConfigError| error.to_string();
        match trust {
            ServerTrust::Anyone => Ok(None),
            ServerTrust::SystemRoots => Self::system().await.map(Some),
            ServerTrust::Authorities(_) => {
                let roots = tls::given_roots(trust).map_err(reason)?;
                tls::verifier(trust, roots)
                    .map(|verifier| Some(Self(verifier)))
                    .map_err(reason)
            }
        }
    }

    /// Loads the roots of the system.
    ///
    /// # Errors
    ///
    /// The reason why there are none.
    pub async fn system() -> Result<Self, String> {
        let roots = tokio::task::spawn_blocking(tls::system_roots)
            .await
            .map_err(|error| error.to_string())??;
        Self::with(&ServerTrust::SystemRoots, roots)
    }

    /// Takes one certificate, as if it were in `ca_cert_file`.
    #[must_use]
    pub fn only(certificate: &Certificate) -> Option<Self> {
        let trust = ServerTrust::Authorities(Authorities::of(vec![certificate.der.clone()]));
        let roots = tls::given_roots(&trust).ok()?;
        Self::with(&trust, roots).ok()
    }

    fn with(trust: &ServerTrust, roots: RootCertStore) -> Result<Self, String> {
        tls::verifier(trust, roots)
            .map(Self)
            .map_err(|error| error.to_string())
    }
}

/// Returns the certificates that the settings name as trusted; none for other kinds of trust.
#[must_use]
pub fn given_certificates(trust: &ServerTrust) -> Vec<Certificate> {
    match trust {
        ServerTrust::Authorities(authorities) => {
            let given = authorities.certificates().iter();
            given.cloned().map(Certificate::new).collect()
        }
        ServerTrust::SystemRoots | ServerTrust::Anyone => Vec::new(),
    }
}

/// Verifies the certificates that a server presented, as they are at a moment.
///
/// # Errors
///
/// The reason why they are not trusted.
pub fn verify(
    chain: &[Certificate],
    host: &str,
    roots: &Roots,
    moment: SystemTime,
) -> Result<(), TlsFailure> {
    let other = |text: &str| TlsFailure::Other(text.to_owned());
    let name = ServerName::try_from(host).map_err(|_| TlsFailure::WrongName)?;
    let (first, rest) = chain
        .split_first()
        .ok_or_else(|| other("it presented no certificate"))?;
    let rest: Vec<CertificateDer<'_>> = rest
        .iter()
        .map(|certificate| certificate.der.clone())
        .collect();
    let since = moment
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_err(|_| other("the clock is before 1970"))?;
    roots
        .0
        .verify_server_cert(
            &first.der,
            &rest,
            &name,
            &[],
            UnixTime::since_unix_epoch(since),
        )
        .map(|_| ())
        .map_err(|error| tls_failure(&error))
}
