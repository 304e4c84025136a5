//! Certificates, as far as a person wants to read them.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::SystemTime,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ring::digest;
use rustls::pki_types::CertificateDer;
use x509_cert::{
    Certificate as Parsed,
    der::Decode as _,
    ext::pkix::{BasicConstraints, SubjectAltName, name::GeneralName},
    name::Name,
};

use crate::printable::printable;

/// Maximum length of a name in a certificate, in characters.
const MAX_NAME: usize = 200;

/// The length of a line in PEM form.
const PEM_LINE: usize = 64;

/// A certificate that a server presented.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub(super) der: CertificateDer<'static>,
    content: Option<CertificateContent>,
}

/// The parts of a certificate that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateContent {
    /// The common name of the holder, or else its whole name.
    pub subject: String,
    /// The same of the issuer.
    pub issuer: String,
    /// Whether the holder issued it itself.
    pub is_self_issued: bool,
    /// Whether it is marked as that of an authority.
    pub is_authority: bool,
    /// The host names and addresses that it is for.
    pub names: Vec<String>,
    /// When its validity begins.
    pub not_before: SystemTime,
    /// When its validity ends.
    pub not_after: SystemTime,
}

// === impl Certificate ===

impl Certificate {
    pub(super) fn new(der: CertificateDer<'static>) -> Self {
        let content = Parsed::from_der(&der).ok().map(|parsed| content(&parsed));
        Self { der, content }
    }

    /// Returns what the certificate says, unless it cannot be read.
    #[must_use]
    pub const fn content(&self) -> Option<&CertificateContent> {
        self.content.as_ref()
    }

    /// Returns the SHA-256 fingerprint, as browsers and OpenSSL show it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = digest::digest(&digest::SHA256, &self.der);
        let pairs: Vec<_> = digest
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        pairs.join(":")
    }

    /// Returns the certificate in PEM form.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let base64 = BASE64_STANDARD.encode(&self.der);
        let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
        let mut rest = base64.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(PEM_LINE));
            pem.push_str(line);
            pem.push('\n');
            rest = after;
        }
        pem.push_str("-----END CERTIFICATE-----\n");
        pem
    }
}

fn content(parsed: &Parsed) -> CertificateContent {
    let certificate = parsed.tbs_certificate();
    let (subject, issuer) = (certificate.subject(), certificate.issuer());
    let names = certificate.get_extension::<SubjectAltName>();
    let names = names.ok().flatten().map(|(_, names)| names.0);
    let constraints = certificate.get_extension::<BasicConstraints>();
    let validity = certificate.validity();
    CertificateContent {
        subject: shown(subject),
        issuer: shown(issuer),
        is_self_issued: subject == issuer,
        is_authority: matches!(constraints, Ok(Some((_, constraints))) if constraints.ca),
        names: names.iter().flatten().filter_map(host).collect(),
        not_before: SystemTime::UNIX_EPOCH + validity.not_before.to_unix_duration(),
        not_after: SystemTime::UNIX_EPOCH + validity.not_after.to_unix_duration(),
    }
}

/// Returns the common name, or else the whole name.
pub(super) fn shown(name: &Name) -> String {
    let text = match name.common_name() {
        Ok(Some(common_name)) => common_name.value().into_owned(),
        _ => name.to_string(),
    };
    printable(&text, MAX_NAME)
}

/// Returns the host name or address of an alternative name.
fn host(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(printable(name.as_ref(), MAX_NAME)),
        GeneralName::IpAddress(octets) => {
            let octets = octets.as_bytes();
            let address = <[u8; 4]>::try_from(octets)
                .map(|v4| IpAddr::V4(Ipv4Addr::from(v4)))
                .or_else(|_| <[u8; 16]>::try_from(octets).map(|v6| IpAddr::V6(Ipv6Addr::from(v6))));
            address.ok().map(|address| address.to_string())
        }
        _ => None,
    }
}
