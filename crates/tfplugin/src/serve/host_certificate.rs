//! The host's certificate, and the check that accepts no other client (AutoMTLS).

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error as TlsError, SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{
        CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
    },
    pki_types::{CertificateDer, UnixTime, pem::PemObject as _},
    server::{
        ParsedCertificate,
        danger::{ClientCertVerified, ClientCertVerifier},
    },
};
use thiserror::Error;

use super::p521_signature;

/// The X.509 certificate of the only client that may connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostCertificate(CertificateDer<'static>);

/// The error of text that is not a host's certificate. The message continues the variable's name.
#[derive(Debug, Error)]
pub enum HostCertificateError {
    /// The PEM encoding is malformed.
    #[error("is not valid PEM")]
    Pem,
    /// There is not exactly one certificate.
    #[error("holds {0} certificates instead of one")]
    Count(usize),
    /// The PEM block does not hold a certificate.
    #[error("does not hold an X.509 certificate")]
    X509,
}

impl HostCertificate {
    /// Reads the certificate that the host passes in `PLUGIN_CLIENT_CERT`.
    ///
    /// # Errors
    /// The text is not exactly one well-formed certificate.
    pub fn from_pem(pem: &str) -> Result<Self, HostCertificateError> {
        let mut found = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| HostCertificateError::Pem)?;
        let count = found.len();
        match found.pop() {
            Some(certificate) if count == 1 => {
                ParsedCertificate::try_from(&certificate)
                    .map_err(|_| HostCertificateError::X509)?;
                Ok(Self(certificate))
            }
            _ => Err(HostCertificateError::Count(count)),
        }
    }
}

/// Accepts a client that presents the host's certificate, byte for byte, and proves that it holds its key.
///
/// No chain is built: the host's certificate is self-signed, and only equality counts.
#[derive(Debug)]
pub(super) struct HostVerifier {
    certificate: HostCertificate,
    others: WebPkiSupportedAlgorithms,
}

impl HostVerifier {
    pub(super) fn new(certificate: HostCertificate, provider: &CryptoProvider) -> Arc<Self> {
        Arc::new(Self {
            certificate,
            others: provider.signature_verification_algorithms,
        })
    }

    /// Returns the algorithms for a scheme. ring has no P-521, which go-plugin uses.
    fn algorithms(&self, scheme: SignatureScheme) -> &WebPkiSupportedAlgorithms {
        if scheme == SignatureScheme::ECDSA_NISTP521_SHA512 {
            &p521_signature::ALGORITHMS
        } else {
            &self.others
        }
    }
}

impl ClientCertVerifier for HostVerifier {
    // Go sends no certificate whose issuer is missing from the hints, unless there are no hints.
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn client_auth_mandatory(&self) -> bool {
        true
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, TlsError> {
        if *end_entity == self.certificate.0 {
            Ok(ClientCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls12_signature(message, certificate, signed, self.algorithms(signed.scheme))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls13_signature(message, certificate, signed, self.algorithms(signed.scheme))
    }

    // P-521 first: in TLS 1.2 Go takes the first scheme that fits its type of key.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let mut schemes = p521_signature::ALGORITHMS.supported_schemes();
        schemes.extend(self.others.supported_schemes());
        schemes
    }
}
