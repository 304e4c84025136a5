//! Classifies failures of the HTTP library.

use std::{error::Error as StdError, io};

use rustls::{AlertDescription, CertificateError};

use crate::{
    config::{Proxy, pinned},
    error::{TlsFailure, TransportKind, Via},
};

/// The phase in which an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Before the reply began.
    Request,
    /// While the reply's body was read.
    Body,
}

/// Classifies an error of the HTTP library by its causes.
pub(crate) fn transport_kind(error: &reqwest::Error, phase: Phase) -> TransportKind {
    let causes = Causes::of(error);
    if let Some(tunnel) = &causes.tunnel {
        return tunnel_failure(tunnel, error.is_timeout(), causes.root);
    }
    if let Some(failure) = causes.tls.map(tls_failure)
        && (error.is_connect() || may_come_late(&failure))
    {
        return TransportKind::Tls(failure);
    }
    if error.is_connect() {
        return if error.is_timeout() {
            TransportKind::ConnectTimeout
        } else {
            TransportKind::Connect(causes.root)
        };
    }
    if error.is_builder() {
        return TransportKind::Request(causes.root);
    }
    match (phase, causes.http) {
        (Phase::Body, _) => TransportKind::CutShort,
        (Phase::Request, Some(http)) if http.is_parse() => TransportKind::NotHttp(causes.root),
        (Phase::Request, _) => TransportKind::Reset(causes.root),
    }
}

/// Describes the proxy of a request, without user and password.
pub(crate) fn via(proxy: Option<&Proxy>) -> Option<Box<Via>> {
    proxy.map(|proxy| {
        Box::new(Via {
            address: proxy.address(),
            source: proxy.source().to_owned(),
            is_https: proxy.is_https(),
        })
    })
}

/// The relevant errors in a chain of causes.
struct Causes<'a> {
    tls: Option<&'a rustls::Error>,
    http: Option<&'a hyper::Error>,
    /// The text of the error of a tunnel through a proxy, which has no public type.
    tunnel: Option<String>,
    /// The text of the innermost error, which contains no URL.
    root: String,
}

// === impl Causes ===

impl<'a> Causes<'a> {
    fn of(error: &'a reqwest::Error) -> Self {
        let mut causes = Self {
            tls: None,
            http: None,
            tunnel: None,
            root: String::new(),
        };
        let mut next = error.source();
        while let Some(cause) = next {
            causes.tls = causes.tls.or_else(|| cause.downcast_ref());
            causes.http = causes.http.or_else(|| cause.downcast_ref());
            causes.root = cause.to_string();
            if causes.root.starts_with(TUNNEL) {
                causes.tunnel = Some(causes.root.clone());
            }
            next = inner(cause);
        }
        causes
    }
}

/// The beginning of the text of each error of a tunnel.
const TUNNEL: &str = "tunnel error: ";

/// Classifies the failure of a tunnel. The library keeps no status but 407.
fn tunnel_failure(tunnel: &str, is_timeout: bool, root: String) -> TransportKind {
    let reason = tunnel.strip_prefix(TUNNEL).unwrap_or(tunnel);
    match reason {
        _ if is_timeout => TransportKind::ConnectTimeout,
        "failed to create underlying connection" => TransportKind::ProxyConnect(root),
        "proxy authorization required" => TransportKind::ProxyLogin,
        "unsuccessful" => {
            TransportKind::ProxyRefused("it did not answer CONNECT with status 200".to_owned())
        }
        "unexpected end of file" => {
            TransportKind::ProxyRefused("it closed the connection".to_owned())
        }
        "io error establishing tunnel" => TransportKind::ProxyRefused(root),
        other => TransportKind::ProxyRefused(other.to_owned()),
    }
}

/// Returns the cause of a cause. An I/O error hides the error that it wraps from `source`.
fn inner<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .map(|inner| inner as &(dyn StdError + 'static))
        .or_else(|| cause.source())
}

/// Returns whether a server can report this failure after the client has finished the handshake.
/// Any other TLS failure at that point concerns the connection, and a new one may work.
const fn may_come_late(failure: &TlsFailure) -> bool {
    matches!(
        failure,
        TlsFailure::ClientCertificate(_) | TlsFailure::HandshakeRefused
    )
}

/// Classifies a failure of the TLS library.
pub(crate) fn tls_failure(error: &rustls::Error) -> TlsFailure {
    use rustls::Error;
    match error {
        Error::InvalidCertificate(error) => certificate_failure(error),
        Error::AlertReceived(alert) => match alert {
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied => TlsFailure::ClientCertificate(format!("{alert:?}")),
            AlertDescription::HandshakeFailure => TlsFailure::HandshakeRefused,
            AlertDescription::ProtocolVersion | AlertDescription::InsufficientSecurity => {
                TlsFailure::Incompatible(format!("{alert:?}"))
            }
            _ => TlsFailure::Other(error.to_string()),
        },
        Error::PeerIncompatible(reason) => TlsFailure::Incompatible(format!("{reason:?}")),
        Error::InvalidMessage(_) => TlsFailure::NotTls,
        _ => TlsFailure::Other(error.to_string()),
    }
}

fn certificate_failure(error: &CertificateError) -> TlsFailure {
    match error {
        // A bad signature means that an authority of the same name signed with another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            TlsFailure::UnknownIssuer
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFailure::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsFailure::NotValidYet
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsFailure::WrongName
        }
        CertificateError::Revoked => TlsFailure::Revoked,
        error if pinned::is_authority_as_server(error) => TlsFailure::AuthorityAsServer,
        other => TlsFailure::BadCertificate(format!("{other:?}")),
    }
}
