//! All the ways a call can fail.
//!
//! [`Error`] displays as sentences that say what happened and what to do; [`Error::summary`] is a
//! short title. No variant contains a secret, a signature or a header that carries one.

mod api;
pub(crate) mod code;
mod operation;
mod protocol;
mod title;
mod transport;
mod unauthorized;

use self::title::ErrorTitle;
pub use self::{
    api::ApiError,
    code::ErrorCode,
    operation::{Effect, Operation, Sent},
    protocol::{ProtocolError, ProtocolProblem},
    transport::{TlsFailure, TransportError, TransportKind, Via},
    unauthorized::{ClockSkew, RefusedTime, Unauthorized},
};
use crate::parameter::ParameterName;

/// The reason why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The server answered with an error code.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The server refused the signature: HTTP status 401.
    #[error(transparent)]
    Unauthorized(#[from] Unauthorized),
    /// The request or its reply did not get through.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The reply does not follow the API.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// The caller cancelled the call.
    #[error("The request to {operation} was cancelled{}", .operation.cancelled(*.sent))]
    Cancelled {
        /// The operation that was cancelled.
        operation: &'static Operation,
        /// Whether the server may have received the request.
        sent: Sent,
    },
    /// The root certificates of the system could not be loaded.
    #[error(
        "The root certificates of the system could not be loaded: {0}. Name the server's CA with ca_cert_file or ca_cert_pem."
    )]
    SystemRoots(String),
}

// === impl Error ===

impl Error {
    /// Returns a title of a few words, without a full stop.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let title = match self {
            Self::Api(error) => return error.summary(),
            Self::Unauthorized(_) => ErrorTitle::SignatureRefused,
            Self::Transport(error) => error.kind.title(),
            Self::Protocol(error) => error.problem.title(),
            Self::Cancelled { .. } => ErrorTitle::RequestCancelled,
            Self::SystemRoots(_) => ErrorTitle::RootCertificatesNotLoaded,
        };
        title.text()
    }

    /// Returns the parameter at fault, if the error is about one.
    #[must_use]
    pub fn parameter(&self) -> Option<ParameterName> {
        match self {
            Self::Api(error) => error.parameter(),
            _ => None,
        }
    }

    /// Returns whether the server may have carried out a write although the call failed. Only a
    /// read can tell.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        let (operation, sent) = match self {
            Self::Api(_) | Self::Unauthorized(_) | Self::SystemRoots(_) => return false,
            Self::Transport(error) => (error.operation, error.sent),
            Self::Protocol(error) => (error.operation, error.problem.sent()),
            Self::Cancelled { operation, sent } => (*operation, *sent),
        };
        operation.may_have_taken_effect(sent)
    }
}

/// Lists the titles of all errors but those of the operations' own error codes.
pub(crate) fn titles() -> impl Iterator<Item = &'static str> {
    let titles = ErrorTitle::ALL.iter().map(|title| title.text());
    titles.chain([code::UNKNOWN.title])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &Operation = &Operation::read("list", "the things");
    const DELETE: &Operation = &Operation::write("delete", "the thing");
    const PAUSE: &Operation = &Operation::write("pause", "the thing");

    fn cancelled(operation: &'static Operation, sent: Sent) -> Error {
        Error::Cancelled { operation, sent }
    }

    #[test]
    fn any_write_that_was_sent_may_have_taken_effect() {
        for write in [DELETE, PAUSE] {
            assert!(cancelled(write, Sent::Maybe).may_have_taken_effect());
            assert!(!cancelled(write, Sent::No).may_have_taken_effect());
        }
        assert!(!cancelled(LIST, Sent::Maybe).may_have_taken_effect());
    }

    #[test]
    fn a_cancelled_request_says_whether_anything_changed() {
        assert_eq!(
            cancelled(DELETE, Sent::No).to_string(),
            "The request to delete the thing was cancelled before it was sent. Nothing has changed on the server."
        );
        assert_eq!(
            cancelled(DELETE, Sent::Maybe).to_string(),
            "The request to delete the thing was cancelled after it was sent and before it was confirmed. Run again to see whether it has taken effect on the server."
        );
        assert_eq!(
            cancelled(LIST, Sent::Maybe).to_string(),
            "The request to list the things was cancelled. Run again to complete it."
        );
    }
}
