//! Everything that a call can end with but success.
//!
//! [`Error`] prints as sentences that say what happened and what to do; [`Error::summary`] is the
//! short title. No variant holds a secret, a signature or a header that carries one.

mod api;
mod code;
mod protocol;
mod transport;
mod unauthorized;

use std::fmt;

pub use api::ApiError;
pub use code::ErrorCode;
pub use protocol::{ProtocolError, ProtocolProblem};
pub use transport::{TlsFailure, TransportError, TransportKind};
pub use unauthorized::{ClockSkew, RefusedTime, Unauthorized};

use super::parameter::Parameter;

/// Why a call failed.
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
    /// The reply is not one that the API gives.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// The caller cancelled the call.
    #[error("The request to {operation} was cancelled{}", cancelled(*.operation, *.sent))]
    Cancelled {
        /// What the request was for.
        operation: Operation,
        /// Whether the server may have got it.
        sent: Sent,
    },
    /// The root certificates of the system could not be loaded.
    #[error(
        "The root certificates of the system could not be loaded: {0}. Name the server's CA with ca_cert_file or ca_cert_pem."
    )]
    SystemRoots(String),
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// GET of the retry policy.
    QueryRetryPolicy,
    /// POST of the retry policy.
    SetRetryPolicy,
    /// GET of a page of campaigns.
    ListCampaigns,
    /// GET of one campaign.
    QueryCampaign,
    /// GET of a page of the definitions of outbound call results.
    ListCallResults,
    /// GET of the number types of a VDN.
    ListNumberTypes,
}

/// Whether the server may have got a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sent {
    /// Nothing of it left this process.
    No,
    /// Some or all of it was handed to the connection.
    Maybe,
}

// === impl Error ===

impl Error {
    /// A title of a few words, without a full stop.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        match self {
            Self::Api(error) => error.code.summary(),
            Self::Unauthorized(_) => "Signature refused",
            Self::Transport(error) => error.kind.summary(),
            Self::Protocol(error) => error.problem.summary(),
            Self::Cancelled { .. } => "Request cancelled",
            Self::SystemRoots(_) => "Root certificates not loaded",
        }
    }

    /// The parameter that the error is about, if it is about one.
    #[must_use]
    pub fn parameter(&self) -> Option<Parameter> {
        match self {
            Self::Api(error) => error.parameter(),
            _ => None,
        }
    }

    /// Whether the server may have stored the policy all the same. Only a read can tell.
    #[must_use]
    pub fn may_have_been_stored(&self) -> bool {
        let (operation, sent) = match self {
            Self::Api(_) | Self::Unauthorized(_) | Self::SystemRoots(_) => return false,
            Self::Transport(error) => (error.operation, error.sent),
            Self::Protocol(error) => (error.operation, error.problem.sent()),
            Self::Cancelled { operation, sent } => (*operation, *sent),
        };
        operation == Operation::SetRetryPolicy && sent == Sent::Maybe
    }
}

const fn cancelled(operation: Operation, sent: Sent) -> &'static str {
    match (operation, sent) {
        (Operation::SetRetryPolicy, Sent::No) => {
            " before it was sent. Nothing has changed on the server."
        }
        (Operation::SetRetryPolicy, Sent::Maybe) => {
            " after it was sent and before it was confirmed. Run again to see whether the server has stored the policy."
        }
        _ => ". Run again to complete it.",
    }
}

// === impl Operation ===

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::QueryRetryPolicy => "query the retry policy",
            Self::SetRetryPolicy => "set the retry policy",
            Self::ListCampaigns => "list the outbound campaigns",
            Self::QueryCampaign => "query the outbound campaign",
            Self::ListCallResults => "list the definitions of outbound call results",
            Self::ListNumberTypes => "list the number types",
        })
    }
}
