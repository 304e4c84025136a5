//! Failures between this process and the server.

use super::{Operation, Sent, title::ErrorTitle};

/// The request or its reply did not get through.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "The request to {operation} did not get through to {host}{}: {kind}{}{}",
    Via::way(.via.as_deref()),
    Via::advice(.via.as_deref(), .kind),
    .operation.unconfirmed(*.sent)
)]
pub struct TransportError {
    /// The kind of failure.
    pub kind: TransportKind,
    /// Whether the server may have received the request.
    pub sent: Sent,
    /// The operation that was requested.
    pub operation: &'static Operation,
    /// The server, as in the Host header.
    pub host: String,
    /// The proxy, if the request goes through one.
    pub via: Option<Box<Via>>,
}

/// A proxy that a request goes through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// Host and port, without user and password.
    pub address: String,
    /// The setting or the environment variable that names the proxy.
    pub source: String,
    /// Whether the connection to the proxy itself is over TLS.
    pub is_https: bool,
}

/// The kind of a failure between this process and the server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportKind {
    /// No connection was made. Contains the reason given by the system.
    #[error("no connection was made ({0}). Check endpoint, proxy_url and the network in between.")]
    Connect(String),
    /// No connection to the proxy was made. Contains the reason.
    #[error(
        "no connection to the proxy was made ({0}). Check the address of the proxy and the network in between."
    )]
    ProxyConnect(String),
    /// The proxy made no connection to the server. Contains the reason.
    #[error(
        "the proxy made no connection to the server ({0}). Check that it lets CONNECT requests through to this host and port, and that it reaches them."
    )]
    ProxyRefused(String),
    /// The proxy requires a login.
    #[error(
        "the proxy requires a login (status 407). Write the URL of the proxy as http://user:password@host:port."
    )]
    ProxyLogin,
    /// The TLS handshake failed.
    #[error("{0}")]
    Tls(TlsFailure),
    /// No connection within the time limit.
    #[error(
        "no connection was made in time. Check endpoint and the network in between, or raise connect_timeout."
    )]
    ConnectTimeout,
    /// No complete reply within the time limit.
    #[error("the reply did not come in time. Try again later, or raise request_timeout.")]
    Timeout,
    /// The connection broke before the reply began. Contains the reason.
    #[error("the connection broke before the server replied ({0}). Try again.")]
    Reset(String),
    /// The reply ended before it was complete.
    #[error("the reply was cut short. Try again.")]
    CutShort,
    /// The reply is not HTTP.
    #[error(
        "the reply is not HTTP/1.1 ({0}). Check that endpoint names the HTTPS port of CC-iSales."
    )]
    NotHttp(String),
    /// The request could not be built.
    #[error("the request could not be built ({0}). Please report this as a bug.")]
    Request(String),
}

/// The reason why the TLS handshake failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsFailure {
    /// The certificate is not signed under a trusted root.
    #[error(
        "its certificate is signed by an unknown issuer. Name the CA that signed it with ca_cert_file or ca_cert_pem."
    )]
    UnknownIssuer,
    /// The certificate is marked as that of an authority, as self-signed ones often are.
    #[error(
        "its certificate is marked as that of an authority (CA:TRUE), and is not one of those in ca_cert_file or ca_cert_pem. Issue a certificate for the server without that mark, or put exactly this certificate into ca_cert_file or ca_cert_pem."
    )]
    AuthorityAsServer,
    /// The certificate has expired.
    #[error(
        "its certificate has expired. Have the certificate renewed, or check the clock of this machine."
    )]
    Expired,
    /// The certificate is not valid yet.
    #[error("its certificate is not valid yet. Check the clock of this machine and of the server.")]
    NotValidYet,
    /// The certificate is for another name.
    #[error(
        "its certificate is for another name. Set endpoint to a name or address from the certificate."
    )]
    WrongName,
    /// The certificate was revoked.
    #[error("its certificate is revoked. Have it replaced.")]
    Revoked,
    /// The server requires a client certificate, or refused the one presented.
    #[error(
        "it refused the client certificate, or requires one ({0}). Check client_cert_file and client_key_file."
    )]
    ClientCertificate(String),
    /// The server aborted the handshake without a reason. A TLS 1.2 server also does so if it
    /// requires a client certificate and gets none.
    #[error(
        "it aborted the TLS handshake (HandshakeFailure). Either it offers no secure cipher of TLS 1.2 or newer, or it requires a client certificate: check client_cert_file and client_key_file."
    )]
    HandshakeRefused,
    /// The two sides have no TLS version or cipher in common.
    #[error("it offers no secure TLS version or cipher ({0}). TLS 1.2 or newer is required.")]
    Incompatible(String),
    /// The server does not speak TLS on this port.
    #[error("it does not speak TLS. Check that endpoint names the HTTPS port of CC-iSales.")]
    NotTls,
    /// The certificate cannot be used for another reason.
    #[error("its certificate cannot be used ({0}). Have it replaced.")]
    BadCertificate(String),
    /// Any other failure.
    #[error("the TLS handshake failed ({0}). Check endpoint, and the server's TLS settings.")]
    Other(String),
}

// === impl Via ===

impl Via {
    fn way(via: Option<&Self>) -> String {
        via.map_or_else(String::new, |via| {
            format!(" by way of the proxy {} (from {})", via.address, via.source)
        })
    }

    /// Returns advice that only a proxy needs.
    fn advice(via: Option<&Self>, kind: &TransportKind) -> &'static str {
        match (via, kind) {
            (
                Some(Self { is_https: true, .. }),
                TransportKind::ConnectTimeout | TransportKind::ProxyConnect(_),
            ) => {
                " The URL of the proxy starts with https://, for which the proxy itself must speak \
                 TLS; most proxies want http://."
            }
            (Some(_), TransportKind::ConnectTimeout) => " Check the proxy as well.",
            _ => "",
        }
    }
}

// === impl TransportKind ===

impl TransportKind {
    /// Returns the title.
    pub(super) const fn title(&self) -> ErrorTitle {
        match self {
            Self::Connect(_) => ErrorTitle::ServerNotReached,
            Self::ProxyConnect(_) => ErrorTitle::ProxyNotReached,
            Self::ProxyRefused(_) | Self::ProxyLogin => ErrorTitle::ProxyRefused,
            Self::Tls(failure) => failure.title(),
            Self::ConnectTimeout => ErrorTitle::ServerNotReachedInTime,
            Self::Timeout => ErrorTitle::ReplyNotInTime,
            Self::Reset(_) => ErrorTitle::ConnectionBroken,
            Self::CutShort => ErrorTitle::ReplyCutShort,
            Self::NotHttp(_) => ErrorTitle::ReplyNotUnderstood,
            Self::Request(_) => ErrorTitle::RequestNotMade,
        }
    }
}

// === impl TlsFailure ===

impl TlsFailure {
    /// Returns the title.
    const fn title(&self) -> ErrorTitle {
        match self {
            Self::UnknownIssuer => ErrorTitle::CertificateOfUnknownIssuer,
            Self::AuthorityAsServer => ErrorTitle::CertificateOfAuthority,
            Self::Expired => ErrorTitle::CertificateExpired,
            Self::NotValidYet => ErrorTitle::CertificateNotValidYet,
            Self::WrongName => ErrorTitle::CertificateForAnotherName,
            Self::Revoked => ErrorTitle::CertificateRevoked,
            Self::ClientCertificate(_) => ErrorTitle::ClientCertificateRefused,
            Self::HandshakeRefused => ErrorTitle::HandshakeRefused,
            Self::Incompatible(_) => ErrorTitle::NoCommonTlsVersion,
            Self::NotTls => ErrorTitle::ServerWithoutTls,
            Self::BadCertificate(_) => ErrorTitle::CertificateNotUsable,
            Self::Other(_) => ErrorTitle::HandshakeFailed,
        }
    }
}
