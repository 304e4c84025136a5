//! Replies that the API does not give.

use super::{Operation, Sent, transport::storage};
use crate::retry_policy::DecodeError;

/// The reply is not one that the API gives.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The reply of {host} to the request to {operation} is not one of CC-iSales: {problem}{}", storage(*.operation, .problem.sent()))]
pub struct ProtocolError {
    /// What is wrong with the reply.
    pub problem: ProtocolProblem,
    /// What was asked.
    pub operation: Operation,
    /// The server, as in the Host header.
    pub host: String,
}

/// What is wrong with a reply. Excerpts are short and escaped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolProblem {
    /// An HTTP status other than 200, without the API's envelope.
    #[error("its HTTP status is {status}{}. {}", quoted(.excerpt), status_advice(*.status))]
    Status {
        /// The HTTP status.
        status: u16,
        /// The start of the body.
        excerpt: String,
    },
    /// A redirect. Only the host of its target is told.
    #[error(
        "it redirects to {target}, and redirects are not followed, because the signature is for one host. Set endpoint to the server itself."
    )]
    Redirect {
        /// The host of the target.
        target: String,
    },
    /// A content type other than JSON.
    #[error(
        "its content type is {content_type} instead of JSON{}. Check that endpoint names CC-iSales and not a portal or proxy.", quoted(.excerpt)
    )]
    ContentType {
        /// The content type, or "not told".
        content_type: String,
        /// The start of the body.
        excerpt: String,
    },
    /// A body that is not JSON.
    #[error("its body is not JSON ({reason}){}. Check that endpoint names CC-iSales, and try again.", quoted(.excerpt))]
    NotJson {
        /// Why not.
        reason: String,
        /// The start of the body.
        excerpt: String,
    },
    /// A body larger than the cap.
    #[error(
        "its body is larger than {limit} bytes. Check that endpoint names CC-iSales and not another service."
    )]
    TooLarge {
        /// The cap, in bytes.
        limit: usize,
    },
    /// No code field at all.
    #[error(
        "it has no resultCode or returnCode{}. Check that endpoint names CC-iSales.", quoted(.excerpt)
    )]
    NoCode {
        /// The start of the body.
        excerpt: String,
    },
    /// Two code fields that disagree.
    #[error(
        "its resultCode is \"{result_code}\" and its returnCode is \"{return_code}\", which contradict each other. Ask the operations personnel of CC-iSales which one holds."
    )]
    CodesDisagree {
        /// `resultCode`, escaped and cut short.
        result_code: String,
        /// `returnCode`, escaped and cut short.
        return_code: String,
    },
    /// A member that cannot be read.
    #[error(
        "its {path} cannot be read: expected {expected}. Check the version of CC-iSales, and please report the form of its reply."
    )]
    Member {
        /// The member, such as `data[3].name`.
        path: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// A list that ends before its total.
    #[error(
        "its list ended after {seen} of {total} entries. Run again, as the list may have changed meanwhile; if it ends early again, please report it with the version of CC-iSales."
    )]
    ListIncomplete {
        /// The entries that came.
        seen: usize,
        /// The entries that there are, by the last page.
        total: usize,
    },
    /// A list that goes on for longer than any should.
    #[error(
        "its list goes on after {pages} pages with {seen} entries. Set filters that leave fewer entries, and check that endpoint names CC-iSales."
    )]
    ListEndless {
        /// The pages that came.
        pages: usize,
        /// The entries on them.
        seen: usize,
    },
    /// A policy that cannot be read.
    #[error(
        "its policy cannot be read: {0}. Check the version of CC-iSales, and please report the form of its reply."
    )]
    Policy(DecodeError),
}

// === impl ProtocolProblem ===

impl ProtocolProblem {
    /// A title of a few words.
    pub(super) const fn summary(&self) -> &'static str {
        match self {
            Self::Status { .. } => "Unexpected HTTP status",
            Self::Redirect { .. } => "Redirect refused",
            Self::ContentType { .. } => "Unexpected content type",
            Self::NotJson { .. } => "Reply is not JSON",
            Self::TooLarge { .. } => "Reply too large",
            Self::NoCode { .. } => "Reply without a code",
            Self::CodesDisagree { .. } => "Codes contradict each other",
            Self::Member { .. } => "Reply cannot be read",
            Self::ListIncomplete { .. } => "List incomplete",
            Self::ListEndless { .. } => "List without an end",
            Self::Policy(_) => "Retry policy cannot be read",
        }
    }

    /// Whether a server that gives such a reply may have carried out the request. A redirect or a
    /// status of 4xx says that it has not.
    pub(super) const fn sent(&self) -> Sent {
        match self {
            Self::Redirect { .. }
            | Self::Status {
                status: 300..=499 | 503,
                ..
            } => Sent::No,
            _ => Sent::Maybe,
        }
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" (the body starts with \"{text}\")")
    }
}

const fn status_advice(status: u16) -> &'static str {
    match status {
        403 => {
            "The server or a firewall before it turned the request away: check that the address of this machine is allowed."
        }
        404 | 405 => {
            "Check that endpoint names CC-iSales: it has no such interface at this address."
        }
        407 => "Check proxy_url: the proxy asks for a login.",
        429 => {
            "Too many requests: lower requests_per_second or max_concurrent_requests, or try again later."
        }
        500..=599 => "The server or a gateway before it has a problem: try again later.",
        _ => "Check that endpoint names CC-iSales.",
    }
}
