//! Certificates and keys of clients: ECDSA over P-521, as go-plugin makes them for a host.
//!
//! Nothing behind ring signs with P-521, so the certificates were made once with OpenSSL: self-signed with
//! SHA-512, CA:TRUE, localhost. The keys protect nothing but these tests.

use std::{fmt, sync::Arc};

use p521::ecdsa::{Signature, SigningKey, signature::Signer as _};
use rustls::{
    Error, SignatureAlgorithm, SignatureScheme,
    pki_types::{CertificateDer, pem::PemObject as _},
    sign::{CertifiedKey, Signer, SingleCertAndKey},
};

const HOST_CERTIFICATE: &str = include_str!("../../data/host.pem");
const HOST_KEY: &str = "00d23eb611184678380843369f058be037b361d8c61034a532e4638ee693216f0a38efea6f20685c9fc889b45f133f87d68e2a2a1672ecb5c2f15315d28033d4e627";

const FOREIGN_CERTIFICATE: &str = include_str!("../../data/foreign.pem");
const FOREIGN_KEY: &str = "00a3997ad9169dd6e534908181e17ad01425915fc30f526c9067ce7d34f58f1080dc94dd2ccdea52fa04d6838eef3f9dd1c428eb86d702400b69bc0584f3cb03287c";

/// The certificate and key that a client presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The host's certificate and its key.
    Host,
    /// Another certificate, alike in every name, and its key.
    Foreign,
    /// The host's certificate, which is no secret, with a key that is not the host's.
    Impostor,
    /// No certificate.
    Nobody,
}

impl Identity {
    /// The certificate as it is passed in `PLUGIN_CLIENT_CERT`.
    pub fn certificate_pem(self) -> &'static str {
        match self {
            Self::Host | Self::Impostor => HOST_CERTIFICATE,
            Self::Foreign => FOREIGN_CERTIFICATE,
            Self::Nobody => "",
        }
    }

    /// Certificate and key for rustls.
    pub fn certified_key(self) -> Option<Arc<SingleCertAndKey>> {
        let key = match self {
            Self::Host => HOST_KEY,
            Self::Foreign | Self::Impostor => FOREIGN_KEY,
            Self::Nobody => return None,
        };
        let certificate = CertificateDer::from_pem_slice(self.certificate_pem().as_bytes())
            .expect("a certificate of the tests");
        let key = Arc::new(P521Key(Arc::new(signing_key(key))));
        let certified = CertifiedKey::new(vec![certificate], key);
        Some(Arc::new(SingleCertAndKey::from(certified)))
    }
}

fn signing_key(hex: &str) -> SigningKey {
    let bytes: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal"))
        .collect();
    SigningKey::from_slice(&bytes).expect("a key of the tests")
}

/// The P-521 key as rustls takes keys.
#[derive(Clone)]
struct P521Key(Arc<SigningKey>);

impl rustls::sign::SigningKey for P521Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&self.scheme())
            .then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for P521Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: Signature = self.0.sign(message);
        Ok(signature.to_der().as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP521_SHA512
    }
}

impl fmt::Debug for P521Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P521Key")
    }
}
