//! Errors of the client as findings.

use isales_client::{
    Error,
    error::{ProtocolProblem, TlsFailure, TransportKind},
};

use super::reply::{about_reply, is_cut_off};
use crate::doctor::finding::{Finding, Step};

/// What to do about an error: the code of the finding, and the fix.
struct Cause {
    code: &'static str,
    fix: &'static str,
}

const NOT_THE_API: &str = "Check that endpoint (ISALES_ENDPOINT) names CC-iSales itself: this is the \
     page of a portal, a gateway or a proxy that wants a login, or another service.";
const CUT_OFF: &str = "The reply was cut off. Try again; if it stays so, look for a gateway that \
     limits replies.";
const TOO_LARGE: &str = "Try again. If it stays so, check that endpoint (ISALES_ENDPOINT) names \
     CC-iSales itself, and look for a gateway that adds to replies.";
const FORM: &str = "Run this command with --report FILE and report the file, with the version of \
     CC-iSales, so that this form can be read.";
const LATER: &str = "Try again later. If it stays so, ask the operations personnel of CC-iSales.";
const FASTER: &str = "Wait, and set requests_per_second (ISALES_REQUESTS_PER_SECOND) to a small \
     number, such as 1.";
const NETWORK: &str = "Try again. If it stays so, look for a firewall, a load balancer or a proxy \
     that ends connections, or raise request_timeout (ISALES_REQUEST_TIMEOUT).";

/// Returns the finding that a request of a step failed.
pub(in crate::doctor) fn finding(step: Step, error: &Error) -> Finding {
    if matches!(error.cause(), Error::Cancelled(_)) {
        return Finding::skipped(step, Finding::INTERRUPTED);
    }
    let Cause { code, fix } = cause(error.cause());
    Finding::problem(step, code, reason(error)).fix(fix)
}

/// Returns whether the error would meet every other request as well, so that further ones are
/// pointless.
pub(in crate::doctor) fn concerns_every_request(error: &Error) -> bool {
    match error.cause() {
        Error::Api(error) => error.is_throttle(),
        Error::Protocol(error) => matches!(
            error.problem,
            ProtocolProblem::Redirect { .. }
                | ProtocolProblem::Status {
                    status: 429 | 500..=599,
                    ..
                }
        ),
        Error::Unauthorized(_) => false,
        Error::Transport(_) | Error::SystemRoots(_) | Error::Cancelled(_) => true,
        Error::NotRetried { .. } => false,
    }
}

/// Returns the reason of an error without advice, on one line.
pub(in crate::doctor) fn reason(error: &Error) -> String {
    let (text, about) = match error.cause() {
        Error::Transport(error) => (error.kind.to_string(), error.operation),
        Error::Protocol(error) => (about_reply(&error.problem), error.operation),
        other => return sentence(&other.to_string()),
    };
    format!("the request to {about}: {}", without_advice(&text))
}

/// Returns the first sentence of a message, without the advice that follows it.
pub(in crate::doctor) fn sentence(text: &str) -> String {
    without_advice(text).to_owned()
}

/// Cuts off the advice: what follows the first sentence, which does not end in quotes or parentheses.
fn without_advice(text: &str) -> &str {
    let (mut depth, mut is_quoted) = (0_u32, false);
    let bytes = text.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => depth = depth.saturating_sub(1),
            b'.' if depth == 0
                && !is_quoted
                && matches!(bytes.get(index + 1), None | Some(b' ')) =>
            {
                return text.get(..index).unwrap_or(text);
            }
            _ => {}
        }
    }
    text
}

fn cause(error: &Error) -> Cause {
    let (code, fix) = match error {
        Error::Api(error) if error.is_throttle() => ("called_too_fast", FASTER),
        Error::Api(_) => (
            "refused_by_code",
            "Ask the operations personnel of CC-iSales what the code means for this interface, and \
             that the access key may use it.",
        ),
        Error::Unauthorized(_) => (
            "not_authorized",
            "Ask the operations personnel of CC-iSales to allow this interface for the access key.",
        ),
        Error::Transport(error) => transport(&error.kind),
        Error::Protocol(error) => protocol(&error.problem),
        Error::Cancelled(_) | Error::NotRetried { .. } => ("interrupted", "Run it again."),
        Error::SystemRoots(_) => (
            "root_certificates_not_loaded",
            "Set ca_cert_file (ISALES_CA_CERT_FILE) to a file with the certificate of the server's CA.",
        ),
    };
    Cause { code, fix }
}

fn transport(kind: &TransportKind) -> (&'static str, &'static str) {
    match kind {
        TransportKind::Connect(_) => (
            "connection_failed",
            "Check endpoint (ISALES_ENDPOINT) and the network in between.",
        ),
        TransportKind::ProxyConnect(_) => ("proxy_not_reached", "Check the address of the proxy."),
        TransportKind::ProxyRefused(_) => (
            "proxy_refused",
            "Have the proxy allow CONNECT to this host and port, or list the server in NO_PROXY.",
        ),
        TransportKind::ProxyLogin => (
            "proxy_login_required",
            "Set ISALES_PROXY_URL to http://user:password@host:port.",
        ),
        TransportKind::Tls(failure) => tls(failure),
        TransportKind::ConnectTimeout => (
            "connection_timed_out",
            "Check endpoint (ISALES_ENDPOINT) and the network in between.",
        ),
        TransportKind::Timeout => ("reply_timed_out", NETWORK),
        TransportKind::Reset(_) => ("connection_broken", NETWORK),
        TransportKind::CutShort => ("reply_cut_short", NETWORK),
        TransportKind::NotHttp(_) => (
            "not_http",
            "Check that endpoint (ISALES_ENDPOINT) names the HTTPS port of CC-iSales.",
        ),
        TransportKind::Request(_) => ("request_not_made", "Please report this as a bug."),
    }
}

/// Returns the code and the fix for a failure of TLS that is not about trust in a certificate.
pub(in crate::doctor) const fn tls(failure: &TlsFailure) -> (&'static str, &'static str) {
    match failure {
        TlsFailure::ClientCertificate(_) => (
            "client_certificate_refused",
            "Set client_cert_file and client_key_file (ISALES_CLIENT_CERT_FILE, \
             ISALES_CLIENT_KEY_FILE) to a certificate that the server accepts, and its key. The \
             operations personnel of CC-iSales issue it.",
        ),
        TlsFailure::HandshakeRefused => (
            "handshake_refused",
            "Either the server has no secure cipher of TLS 1.2 or newer, or it requires a client \
             certificate: set client_cert_file and client_key_file (ISALES_CLIENT_CERT_FILE, \
             ISALES_CLIENT_KEY_FILE).",
        ),
        TlsFailure::Incompatible(_) => (
            "no_common_tls",
            "Have TLS 1.2 or newer switched on at the server.",
        ),
        TlsFailure::NotTls => (
            "not_tls",
            "Check that endpoint (ISALES_ENDPOINT) names the HTTPS port of CC-iSales: what answers \
             there does not speak TLS.",
        ),
        TlsFailure::UnknownIssuer => (
            "certificate_of_unknown_issuer",
            "Set ca_cert_file (ISALES_CA_CERT_FILE) to a file with the certificate of the server's CA.",
        ),
        TlsFailure::AuthorityAsServer => (
            "certificate_of_authority",
            "Set ca_cert_file (ISALES_CA_CERT_FILE) to a file with exactly this certificate.",
        ),
        TlsFailure::Expired => ("certificate_expired", "Have the certificate renewed."),
        TlsFailure::NotValidYet => (
            "certificate_not_valid_yet",
            "Check the clocks of this machine and of the server.",
        ),
        TlsFailure::WrongName => (
            "certificate_for_another_name",
            "Set endpoint (ISALES_ENDPOINT) to a name from the certificate.",
        ),
        TlsFailure::Revoked => ("certificate_revoked", "Have the certificate replaced."),
        TlsFailure::BadCertificate(_) => {
            ("certificate_not_usable", "Have the certificate replaced.")
        }
        TlsFailure::Other(_) => (
            "handshake_failed",
            "Check that endpoint (ISALES_ENDPOINT) names the HTTPS port of CC-iSales, and the TLS \
             settings of the server.",
        ),
    }
}

fn protocol(problem: &ProtocolProblem) -> (&'static str, &'static str) {
    match problem {
        ProtocolProblem::Status { status, .. } => match status {
            403 => (
                "forbidden",
                "Have the address of this machine allowed by the server, or by the firewall in front \
                 of it.",
            ),
            404 | 405 => ("not_the_api", NOT_THE_API),
            407 => (
                "proxy_login_required",
                "Set ISALES_PROXY_URL to http://user:password@host:port.",
            ),
            429 => ("too_many_requests", FASTER),
            503 => ("server_unavailable", LATER),
            502 | 504 => ("gateway_error", LATER),
            500..=599 => ("server_error", LATER),
            _ => ("unexpected_status", NOT_THE_API),
        },
        ProtocolProblem::Redirect { .. } => (
            "redirect",
            "Set endpoint (ISALES_ENDPOINT) to the server itself: the signature is for one host, so \
             redirects are not followed.",
        ),
        ProtocolProblem::ContentType { .. } => ("not_json", NOT_THE_API),
        ProtocolProblem::NotJson { reason, excerpt } if is_cut_off(reason, excerpt) => {
            ("reply_cut_short", CUT_OFF)
        }
        ProtocolProblem::NotJson { .. } => ("not_json", NOT_THE_API),
        ProtocolProblem::NoCode { .. } => ("reply_without_code", NOT_THE_API),
        ProtocolProblem::TooLarge { .. } => ("reply_too_large", TOO_LARGE),
        ProtocolProblem::CodesDisagree { .. } => (
            "codes_contradict",
            "Ask the operations personnel of CC-iSales which of the codes is right.",
        ),
        ProtocolProblem::Member { .. } | ProtocolProblem::Document { .. } => {
            ("reply_unreadable", FORM)
        }
        ProtocolProblem::ListIncomplete { .. } => ("list_incomplete", FORM),
        ProtocolProblem::ListEndless { .. } => ("list_endless", FORM),
        ProtocolProblem::NotListed { .. } => ("reply_unreadable", FORM),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_cut_off_and_quotes_are_not() {
        for (text, reason) in [
            ("it is late. Try again.", "it is late"),
            (
                "its status is 403 (the body starts with \"a. b\"). Check.",
                "its status is 403 (the body starts with \"a. b\")",
            ),
            (
                "no connection (os error. 1). Check endpoint.",
                "no connection (os error. 1)",
            ),
            ("HTTP/1.1 to 10.0.0.1 failed", "HTTP/1.1 to 10.0.0.1 failed"),
            ("it ends.", "it ends"),
        ] {
            assert_eq!(without_advice(text), reason);
        }
    }
}
