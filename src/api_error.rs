//! Errors of the API client as diagnostics.

use isales_client::{
    Error,
    error::{ProtocolProblem, TransportKind},
};
use tfplugin::diagnostics::Diagnostic;

use crate::{attribute_paths, doctor};

/// Converts an error into a diagnostic on the argument it concerns, prefixed with the failed attempt.
pub(super) fn diagnostic(attempt: &str, error: &Error) -> Diagnostic {
    let text = format!("{attempt}: {}", text(error, ""));
    let diagnostic = Diagnostic::error(error.summary(), text);
    match error.parameter() {
        Some(parameter) => diagnostic.at(attribute_paths::argument(parameter)),
        None => diagnostic,
    }
}

/// Adds a sentence, which begins with a space. One that leads to `doctor` stays the last.
pub(super) fn add(diagnostic: &mut Diagnostic, sentence: &str) {
    let advice = doctor::advice();
    match diagnostic.detail.strip_suffix(&advice) {
        Some(rest) => diagnostic.detail = format!("{rest}{sentence}{advice}"),
        None => diagnostic.detail.push_str(sentence),
    }
}

/// Returns the text for a warning that a confirmed write could not be read back.
pub(super) fn not_read_back(error: &Error) -> String {
    text(error, " The next plan reads it again.")
}

/// Returns the text of an error with a further sentence, and leads to `doctor` where that can find the
/// cause.
fn text(error: &Error, sentence: &str) -> String {
    let advice = if doctor_helps(error) {
        doctor::advice()
    } else {
        String::new()
    };
    format!("{error}{sentence}{advice}")
}

/// Returns whether a setting, or a form that the server has and nobody foresaw, may be the cause.
fn doctor_helps(error: &Error) -> bool {
    match error.cause() {
        Error::Unauthorized(_) | Error::SystemRoots(_) => true,
        Error::Transport(error) => matches!(
            error.kind,
            TransportKind::Tls(_)
                | TransportKind::NotHttp(_)
                | TransportKind::ProxyRefused(_)
                | TransportKind::ProxyLogin
        ),
        Error::Protocol(error) => match error.problem {
            ProtocolProblem::Status { status, .. } => matches!(status, 403..=405 | 407),
            ProtocolProblem::Redirect { .. }
            | ProtocolProblem::ContentType { .. }
            | ProtocolProblem::NotJson { .. }
            | ProtocolProblem::TooLarge { .. }
            | ProtocolProblem::NoCode { .. }
            | ProtocolProblem::CodesDisagree { .. }
            | ProtocolProblem::Member { .. }
            | ProtocolProblem::Document { .. } => true,
            ProtocolProblem::ListIncomplete { .. }
            | ProtocolProblem::ListEndless { .. }
            | ProtocolProblem::NotListed { .. } => false,
        },
        Error::Api(_) | Error::Cancelled(_) | Error::NotRetried { .. } => false,
    }
}
