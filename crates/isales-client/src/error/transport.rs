//! Failures between this process and the server.

use super::{Operation, Sent};

/// The request or its reply did not get through.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The request to {operation} did not get through to {host}: {kind}{}", storage(*.operation, *.sent))]
pub struct TransportError {
    /// What happened.
    pub kind: TransportKind,
    /// Whether the server may have got the request.
    pub sent: Sent,
    /// What was asked.
    pub operation: Operation,
    /// The server, as in the Host header.
    pub host: String,
}

/// What happened on the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportKind {
    /// No connection was made. Holds the reason as the system gives it.
    #[error("no connection was made ({0}). Check endpoint, proxy_url and the network in between.")]
    Connect(String),
    /// The TLS handshake failed.
    #[error("{0}")]
    Tls(TlsFailure),
    /// No connection within the time allowed.
    #[error(
        "no connection was made in time. Check endpoint and the network in between, or raise connect_timeout."
    )]
    ConnectTimeout,
    /// No complete reply within the time allowed.
    #[error("the reply did not come in time. Try again later, or raise request_timeout.")]
    Timeout,
    /// The connection broke before the reply began. Holds the reason.
    #[error("the connection broke before the server replied ({0}). Try again.")]
    Reset(String),
    /// The reply ended before it was complete.
    #[error("the reply was cut short. Try again.")]
    CutShort,
    /// The reply is not HTTP.
    #[error(
        "the reply is not one of HTTP/1.1 ({0}). Check that endpoint names the HTTPS port of CC-iSales."
    )]
    NotHttp(String),
    /// The request could not be made.
    #[error("the request could not be made ({0}). Please report this as a bug.")]
    Request(String),
}

/// Why the TLS handshake failed, and which setting helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsFailure {
    /// No trusted root vouches for the certificate.
    #[error(
        "its certificate is signed by an unknown issuer. Name the CA that signed it with ca_cert_file or ca_cert_pem."
    )]
    UnknownIssuer,
    /// The certificate is one of an authority, as self-signed ones often are.
    #[error(
        "its certificate is marked as that of an authority (CA:TRUE), which cannot be trusted for a server, even if ca_cert_file names it. Issue the server a certificate that is signed by an authority, or one that is self-signed without that mark."
    )]
    AuthorityAsServer,
    /// The certificate is past its time.
    #[error(
        "its certificate has expired. Have the certificate renewed, or check the clock of this machine."
    )]
    Expired,
    /// The certificate is not valid yet.
    #[error("its certificate is not valid yet. Check the clock of this machine and of the server.")]
    NotValidYet,
    /// The certificate is for another name.
    #[error(
        "its certificate is for another name. Set endpoint to a name or address that the certificate holds."
    )]
    WrongName,
    /// The certificate was revoked.
    #[error("its certificate is revoked. Have it replaced.")]
    Revoked,
    /// The server asks for a client certificate, or refuses the one given.
    #[error(
        "it refused the client certificate, or asks for one ({0}). Check client_cert_file and client_key_file."
    )]
    ClientCertificate(String),
    /// The server broke the handshake off and gave no reason. With TLS 1.2 a server does so as well
    /// if it asks for a client certificate and gets none.
    #[error(
        "it broke off the TLS handshake (HandshakeFailure). Either it has no cipher of TLS 1.2 or newer that is safe to use, or it asks for a client certificate: check client_cert_file and client_key_file."
    )]
    HandshakeRefused,
    /// Both sides have no TLS version or cipher in common.
    #[error(
        "it offers no TLS version or cipher that is safe to use ({0}). TLS 1.2 or newer is needed."
    )]
    Incompatible(String),
    /// The server does not speak TLS on this port.
    #[error("it does not answer in TLS. Check that endpoint names the HTTPS port of CC-iSales.")]
    NotTls,
    /// The certificate cannot be used for another reason.
    #[error("its certificate cannot be used ({0}). Have it replaced.")]
    BadCertificate(String),
    /// Anything else.
    #[error("the TLS handshake failed ({0}). Check endpoint, and the TLS settings of the server.")]
    Other(String),
}

// === impl TransportKind ===

impl TransportKind {
    /// A title of a few words.
    pub(super) const fn summary(&self) -> &'static str {
        match self {
            Self::Connect(_) => "Server not reached",
            Self::Tls(failure) => failure.summary(),
            Self::ConnectTimeout => "Server not reached in time",
            Self::Timeout => "Reply not in time",
            Self::Reset(_) => "Connection broken",
            Self::CutShort => "Reply cut short",
            Self::NotHttp(_) => "Reply not understood",
            Self::Request(_) => "Request not made",
        }
    }
}

// === impl TlsFailure ===

impl TlsFailure {
    const fn summary(&self) -> &'static str {
        match self {
            Self::UnknownIssuer => "Server certificate of unknown issuer",
            Self::AuthorityAsServer => "Server certificate is that of an authority",
            Self::Expired => "Server certificate expired",
            Self::NotValidYet => "Server certificate not valid yet",
            Self::WrongName => "Server certificate for another name",
            Self::Revoked => "Server certificate revoked",
            Self::ClientCertificate(_) => "Client certificate refused",
            Self::HandshakeRefused => "TLS handshake refused",
            Self::Incompatible(_) => "No common TLS version or cipher",
            Self::NotTls => "Server without TLS",
            Self::BadCertificate(_) => "Server certificate not usable",
            Self::Other(_) => "TLS handshake failed",
        }
    }
}

/// What is known about the policy on the server after a write that was not confirmed.
pub(super) const fn storage(operation: Operation, sent: Sent) -> &'static str {
    match (operation, sent) {
        (Operation::SetRetryPolicy, Sent::Maybe) => {
            " The request was sent but not confirmed: the server may have stored the policy."
        }
        _ => "",
    }
}
