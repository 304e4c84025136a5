//! ECDSA over P-521 with SHA-512: the algorithm of the host, which ring cannot verify.

use p521::ecdsa::{Signature, VerifyingKey, signature::Verifier as _};
use rustls::{
    SignatureScheme,
    crypto::WebPkiSupportedAlgorithms,
    pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id},
};

/// The algorithm as rustls needs it.
pub(super) static ALGORITHMS: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[&EcdsaP521Sha512],
    mapping: &[(SignatureScheme::ECDSA_NISTP521_SHA512, &[&EcdsaP521Sha512])],
};

#[derive(Debug)]
struct EcdsaP521Sha512;

impl SignatureVerificationAlgorithm for EcdsaP521Sha512 {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P521
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA512
    }

    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = VerifyingKey::from_sec1_bytes(public_key).map_err(|_| InvalidSignature)?;
        let signature = Signature::from_der(signature).map_err(|_| InvalidSignature)?;
        key.verify(message, &signature)
            .map_err(|_| InvalidSignature)
    }
}

#[cfg(test)]
mod tests {
    use p521::ecdsa::{SigningKey, signature::Signer as _};

    use super::*;

    #[test]
    fn only_the_signature_of_this_key_over_this_message_passes() {
        // Scalars of 521 bits: the first of the 66 bytes holds one bit.
        let key = SigningKey::from_slice(&[1; 66]).unwrap();
        let other = SigningKey::from_slice(&[0; 65].iter().copied().chain([9]).collect::<Vec<_>>())
            .unwrap();
        let public = |key: &SigningKey| {
            VerifyingKey::from(key)
                .to_sec1_point(false)
                .as_bytes()
                .to_vec()
        };
        let signature: Signature = key.sign(b"message");
        let signature = signature.to_der();
        let verify = |public: &[u8], message: &[u8], signature: &[u8]| {
            EcdsaP521Sha512.verify_signature(public, message, signature)
        };

        assert!(verify(&public(&key), b"message", signature.as_bytes()).is_ok());
        assert!(verify(&public(&key), b"Message", signature.as_bytes()).is_err());
        assert!(verify(&public(&other), b"message", signature.as_bytes()).is_err());
        assert!(verify(&public(&key), b"message", &signature.as_bytes()[1..]).is_err());
        assert!(verify(&[4; 133], b"message", signature.as_bytes()).is_err());
        assert!(verify(&[], b"message", &[]).is_err());
    }
}
