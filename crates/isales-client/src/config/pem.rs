//! Certificates and keys in PEM form, and what stands in their place where there are none.

use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};

/// What a setting should contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PemKind {
    /// One certificate or more.
    #[error("certificate")]
    Certificate,
    /// A private key.
    #[error("private key")]
    PrivateKey,
}

/// What a setting contains in place of a certificate or a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PemFinding {
    /// Nothing but white space.
    #[error("it is empty.")]
    Empty,
    /// The line breaks are two characters each, as in a JSON string or an environment file.
    #[error(
        r#"its line breaks are written as \n. Write replace(..., "\\n", "\n") around the value, or name a file."#
    )]
    EscapedLineBreaks,
    /// The line breaks are spaces or gone, as after an unquoted variable in a shell.
    #[error(
        "it is all on one line. Keep its line breaks, which shells and CI systems may turn into spaces, or name a file."
    )]
    OneLine,
    /// The lines begin with spaces.
    #[error(
        "its lines are indented. Remove the spaces at their beginning, for example with <<-EOT."
    )]
    Indented,
    /// UTF-16, as some editors and shells on Windows write.
    #[error("it is UTF-16 text. Save it as UTF-8 or ASCII.")]
    Utf16,
    /// A certificate in binary form.
    #[error(
        "it is binary (DER or PKCS #12). Convert it, for example with: openssl {0} -inform DER -in FILE -out FILE.pem"
    )]
    Binary(&'static str),
    /// A certificate with settings that only OpenSSL reads.
    #[error(
        "it is a TRUSTED CERTIFICATE, a form that only OpenSSL reads. Convert it with: openssl x509 -in FILE -out FILE.pem"
    )]
    TrustedCertificate,
    /// A key that is protected by a passphrase.
    #[error(
        "it is a private key with a passphrase, which the provider cannot use. Decrypt it first, for example with: openssl pkey -in key.pem -out decrypted.pem"
    )]
    EncryptedKey,
    /// Another kind of content.
    #[error("it contains \"-----BEGIN {0}-----\" instead. Check that it is the right file.")]
    Other(String),
    /// The right kind of content, which cannot be decoded.
    #[error("what follows its -----BEGIN is damaged or cut short. Get it again from its source.")]
    Damaged,
    /// Anything else.
    #[error("it has no line that starts with -----BEGIN. Check that it is the right file.")]
    NotPem,
}

/// Parses one certificate or more.
pub(super) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, PemFinding> {
    CertificateDer::pem_slice_iter(without_mark(pem))
        .collect::<Result<Vec<_>, _>>()
        .ok()
        .filter(|certificates| !certificates.is_empty())
        .ok_or_else(|| examine(PemKind::Certificate, pem))
}

/// Parses a private key.
pub(super) fn private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, PemFinding> {
    PrivateKeyDer::from_pem_slice(without_mark(pem)).map_err(|_| {
        if is_encrypted(pem) {
            PemFinding::EncryptedKey
        } else {
            examine(PemKind::PrivateKey, pem)
        }
    })
}

/// Returns the text without the byte order mark that some editors put first.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// Returns whether a key is protected by a passphrase: by its label, or by the header of the
/// traditional form.
fn is_encrypted(pem: &[u8]) -> bool {
    pem.split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .any(|line| {
            line == b"-----BEGIN ENCRYPTED PRIVATE KEY-----" || line == b"Proc-Type: 4,ENCRYPTED"
        })
}

fn examine(expected: PemKind, content: &[u8]) -> PemFinding {
    match content {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return PemFinding::Utf16,
        // The head of a DER sequence that is longer than 127 bytes.
        [0x30, 0x81..=0x83, ..] => {
            return PemFinding::Binary(match expected {
                PemKind::Certificate => "x509",
                PemKind::PrivateKey => "pkey",
            });
        }
        _ => {}
    }
    let text = String::from_utf8_lossy(without_mark(content));
    let text = text.trim();
    if text.is_empty() {
        return PemFinding::Empty;
    }
    if !text.contains("-----BEGIN ") {
        return PemFinding::NotPem;
    }
    if !text.contains(['\n', '\r']) {
        return if text.contains(r"\n") {
            PemFinding::EscapedLineBreaks
        } else {
            PemFinding::OneLine
        };
    }
    let labels: Vec<_> = labels(text).collect();
    let is_expected = |label: &&str| match expected {
        PemKind::Certificate => *label == "CERTIFICATE",
        PemKind::PrivateKey => label.ends_with("PRIVATE KEY"),
    };
    if labels.iter().any(is_expected) {
        let is_indented = |line: &str| line.starts_with([' ', '\t']) && line.contains("-----BEGIN");
        return if text.lines().any(is_indented) || content.starts_with(b" ") {
            PemFinding::Indented
        } else {
            PemFinding::Damaged
        };
    }
    match labels.first() {
        Some(&"TRUSTED CERTIFICATE") => PemFinding::TrustedCertificate,
        Some(label) => PemFinding::Other((*label).to_owned()),
        None => PemFinding::NotPem,
    }
}

/// Returns the labels, such as CERTIFICATE. Text that is not such a label may be a part of a key.
fn labels(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("-----BEGIN "))
        .filter_map(|rest| rest.split_once("-----"))
        .map(|(label, _)| label)
        .filter(|label| {
            let fits =
                |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ';
            label.len() <= 40 && label.bytes().all(fits)
        })
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    use rcgen::{CertificateParams, KeyPair};

    use super::*;

    fn pem(label: &str, der: &[u8]) -> String {
        let base64 = BASE64_STANDARD.encode(der);
        let lines: Vec<_> = base64
            .as_bytes()
            .chunks(64)
            .map(<[u8]>::escape_ascii)
            .collect();
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        format!("-----BEGIN {label}-----\n{lines}-----END {label}-----\n")
    }

    fn certificate() -> String {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        pem("CERTIFICATE", params.self_signed(&key).unwrap().der())
    }

    fn key() -> String {
        pem("PRIVATE KEY", &KeyPair::generate().unwrap().serialize_der())
    }

    fn found(text: impl AsRef<[u8]>) -> String {
        certificates(text.as_ref()).unwrap_err().to_string()
    }

    #[test]
    fn a_byte_order_mark_and_any_line_break_are_accepted() {
        let pem = certificate();
        for text in [
            format!("\u{feff}{pem}"),
            pem.replace('\n', "\r\n"),
            format!("subject=localhost\n{pem}{pem}"),
        ] {
            assert!(certificates(text.as_bytes()).is_ok(), "{text}");
        }
        let key = format!("\u{feff}{}", key());
        assert!(private_key(key.as_bytes()).is_ok());
    }

    #[test]
    fn what_stands_in_place_of_a_certificate_is_named() {
        let pem = certificate();
        let utf16: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(pem.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let der = certificates(pem.as_bytes()).unwrap();
        for (text, words) in [
            (b" \n".to_vec(), "it is empty"),
            (b"nonsense".to_vec(), "-----BEGIN"),
            (pem.replace('\n', "\\n").into_bytes(), r"written as \n"),
            (pem.replace('\n', " ").into_bytes(), "all on one line"),
            (pem.replace('\n', "").into_bytes(), "all on one line"),
            (pem.replace('\n', "\n  ").into_bytes(), "damaged"),
            (
                format!("  {}", pem.replace('\n', "\n  ")).into_bytes(),
                "indented",
            ),
            (utf16, "UTF-16"),
            (der[0].to_vec(), "openssl x509 -inform DER"),
            (
                pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE")
                    .into_bytes(),
                "TRUSTED CERTIFICATE",
            ),
            (key().into_bytes(), "BEGIN PRIVATE KEY"),
            (pem.as_bytes()[..200].to_vec(), "damaged"),
        ] {
            let error = found(&text);
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn what_stands_in_place_of_a_key_is_named_and_not_shown() {
        for (text, words) in [
            (certificate(), "BEGIN CERTIFICATE"),
            ("-----BEGIN c2VjcmV0-----\nx".to_owned(), "-----BEGIN"),
            (
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0".to_owned(),
                "damaged",
            ),
        ] {
            let error = private_key(text.as_bytes()).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(words), "{error}");
            assert!(!error.contains("c2VjcmV0"), "{error}");
        }
    }
}
