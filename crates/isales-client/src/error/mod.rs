//! All the ways a call can fail.
//!
//! [`Error`] displays as sentences that say what happened and what to do; [`Error::summary`] is a
//! short title. No variant contains a secret, a signature or a header that carries one.

mod api;
mod cancelled;
pub(crate) mod code;
mod operation;
mod protocol;
mod title;
mod transport;
mod tried;
mod unauthorized;

use self::title::ErrorTitle;
pub use self::{
    api::ApiError,
    cancelled::{Cancelled, Waiting},
    code::ErrorCode,
    operation::{Effect, Operation, Sent},
    protocol::{ProtocolError, ProtocolProblem},
    transport::{TlsFailure, TransportError, TransportKind, Via},
    tried::{RetryEnd, Tried},
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
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The call failed in a way that may pass, and is not tried again.
    #[error("{last} {}{end}", tried::count(*.attempts))]
    NotRetried {
        /// The failure of the last attempt.
        last: Box<Error>,
        /// Number of attempts.
        attempts: u32,
        /// The reason why there is no further one.
        end: RetryEnd,
    },
    /// The root certificates of the system could not be loaded.
    #[error(
        "The root certificates of the system could not be loaded: {0}. Name the server's CA with ca_cert_file or ca_cert_pem."
    )]
    SystemRoots(String),
}

// === impl Error ===

impl Error {
    /// Returns the failure of the last attempt.
    #[must_use]
    pub fn cause(&self) -> &Self {
        match self {
            Self::NotRetried { last, .. } => last,
            error => error,
        }
    }

    /// Returns a title of a few words, without a full stop.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let title = match self {
            Self::NotRetried { last, .. } => return last.summary(),
            Self::Api(error) => return error.summary(),
            Self::Unauthorized(_) => ErrorTitle::SignatureRefused,
            Self::Transport(error) => error.kind.title(),
            Self::Protocol(error) => error.problem.title(),
            Self::Cancelled(_) => ErrorTitle::RequestCancelled,
            Self::SystemRoots(_) => ErrorTitle::RootCertificatesNotLoaded,
        };
        title.text()
    }

    /// Returns the parameter at fault, if the error is about one.
    #[must_use]
    pub fn parameter(&self) -> Option<ParameterName> {
        match self.cause() {
            Self::Api(error) => error.parameter(),
            _ => None,
        }
    }

    /// Returns whether the server has rejected every request of the call with the same content,
    /// including any whose reply was lost.
    pub(crate) fn rejects_equal_requests(&self) -> bool {
        match self.cause() {
            Self::Api(error) => error.rejects_equal_requests(),
            _ => false,
        }
    }

    /// Returns whether the server may have carried out a write although the call failed. Only a
    /// read can tell.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        let (operation, sent) = match self {
            Self::NotRetried { last, .. } => return last.may_have_taken_effect(),
            Self::Api(_) | Self::Unauthorized(_) | Self::SystemRoots(_) => return false,
            Self::Transport(error) => (error.operation, error.sent),
            Self::Protocol(error) => (error.operation, error.problem.sent()),
            Self::Cancelled(error) => (error.operation, error.sent),
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
    use std::time::Duration;

    use super::*;

    const LIST: &Operation = &Operation::read("list", "the things");
    const DELETE: &Operation = &Operation::write("delete", "the thing");
    const PAUSE: &Operation = &Operation::write("pause", "the thing");

    fn cancelled(operation: &'static Operation, sent: Sent) -> Error {
        Cancelled {
            operation,
            sent,
            waiting: Waiting::Server,
            tried: None,
        }
        .into()
    }

    fn busy() -> Error {
        let problem = ProtocolProblem::Status {
            status: 503,
            excerpt: String::new(),
        };
        let host = "isales".to_owned();
        ProtocolError {
            problem,
            operation: LIST,
            host,
        }
        .into()
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

    #[test]
    fn the_end_of_a_wait_says_what_it_waited_for() {
        let cancelled = Cancelled {
            operation: LIST,
            sent: Sent::No,
            waiting: Waiting::Limits,
            tried: Some(Tried {
                attempts: 3,
                last_error: busy().to_string(),
            }),
        };
        let text = cancelled.to_string();
        for part in ["max_concurrent_requests", "tried 3 times", "status is 503"] {
            assert!(text.contains(part), "not {part:?} in {text}");
        }

        let late = |asked| RetryEnd::TooLate {
            wait: Duration::from_millis(21_550),
            asked,
            left: Duration::from_millis(19_999),
        };
        for (attempts, end, part) in [
            (5, RetryEnd::MaxRetries, "tried 5 times, as often as"),
            (1, RetryEnd::Budget, "tried once, and not again"),
            (2, late(None), "in 21.5s"),
            (2, late(None), "ends in 19.9s"),
            (
                2,
                late(Some(Duration::from_secs(86_400))),
                "asks to wait for 86400s",
            ),
        ] {
            let error = Error::NotRetried {
                last: Box::new(busy()),
                attempts,
                end,
            };
            let text = error.to_string();
            assert!(text.contains("status is 503"), "{text}");
            assert!(text.contains(part), "not {part:?} in {text}");
            assert_eq!(error.summary(), busy().summary());
            assert_eq!(error.cause(), &busy());
        }
    }
}
