//! Replies that do not follow the API.

use super::{Operation, Sent, title::ErrorTitle};

/// The reply does not follow the API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The reply of {host} to the request to {operation} does not follow the CC-iSales API: {problem}{}", .operation.unconfirmed(.problem.sent()))]
pub struct ProtocolError {
    /// The problem of the reply.
    pub problem: ProtocolProblem,
    /// The operation that was requested.
    pub operation: &'static Operation,
    /// The server, as in the Host header.
    pub host: String,
}

/// The problem of a reply. Excerpts are short and escaped.
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
    /// A redirect. Only the host of its target is shown.
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
        /// The content type, or "missing".
        content_type: String,
        /// The start of the body.
        excerpt: String,
    },
    /// A body that is not JSON.
    #[error("its body is not JSON ({reason}){}. Check that endpoint names CC-iSales, and try again.", quoted(.excerpt))]
    NotJson {
        /// The reason given by the JSON parser.
        reason: String,
        /// The start of the body.
        excerpt: String,
    },
    /// A body larger than the limit.
    #[error(
        "its body is larger than {limit} bytes. Check that endpoint names CC-iSales and not another service."
    )]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// No code field.
    #[error(
        "it has no resultCode or returnCode{}. Check that endpoint names CC-iSales.", quoted(.excerpt)
    )]
    NoCode {
        /// The start of the body.
        excerpt: String,
    },
    /// Two code fields that contradict each other.
    #[error(
        "its resultCode is \"{result_code}\" and its returnCode is \"{return_code}\", which contradict each other. Ask the operations personnel of CC-iSales which one is right."
    )]
    CodesDisagree {
        /// `resultCode`, escaped and cut short.
        result_code: String,
        /// `returnCode`, escaped and cut short.
        return_code: String,
    },
    /// A member that cannot be decoded.
    #[error(
        "its {path} cannot be read: expected {expected}. Check the version of CC-iSales, and please report the format of its reply."
    )]
    Member {
        /// The member, such as `data[3].name`.
        path: String,
        /// The expected type or value.
        expected: &'static str,
    },
    /// A list that ends before its announced total.
    #[error(
        "its list ended after {seen} of {total} entries. Run again, because the list may have changed in the meantime; if it ends early again, please report it with the version of CC-iSales."
    )]
    ListIncomplete {
        /// The number of entries received.
        seen: usize,
        /// The number of entries that the last page announced.
        total: usize,
    },
    /// A list with more pages than it can have.
    #[error(
        "its list does not end after {pages} pages with {seen} entries. Set filters that leave fewer entries, and check that endpoint names CC-iSales."
    )]
    ListEndless {
        /// The number of pages received.
        pages: usize,
        /// The number of entries on them.
        seen: usize,
    },
    /// A success without the ID of the new object, which the list does not show either.
    #[error(
        "it reports success, but has no ID of the new object, and the list does not show {name:?}, or cannot be read. Run again to see whether it was created."
    )]
    NotListed {
        /// The unique name of the new object.
        name: String,
    },
    /// An object that cannot be decoded.
    #[error(
        "its {noun} cannot be read: {reason}. Check the version of CC-iSales, and please report the format of its reply."
    )]
    Document {
        /// The kind of object, such as `policy`.
        noun: &'static str,
        /// The place in the object and the problem there.
        reason: String,
    },
}

// === impl ProtocolProblem ===

impl ProtocolProblem {
    /// Returns the title.
    pub(super) const fn title(&self) -> ErrorTitle {
        match self {
            Self::Status { .. } => ErrorTitle::UnexpectedStatus,
            Self::Redirect { .. } => ErrorTitle::RedirectRefused,
            Self::ContentType { .. } => ErrorTitle::UnexpectedContentType,
            Self::NotJson { .. } => ErrorTitle::ReplyNotJson,
            Self::TooLarge { .. } => ErrorTitle::ReplyTooLarge,
            Self::NoCode { .. } => ErrorTitle::ReplyWithoutCode,
            Self::CodesDisagree { .. } => ErrorTitle::CodesContradict,
            Self::Member { .. } | Self::Document { .. } => ErrorTitle::ReplyNotReadable,
            Self::NotListed { .. } => ErrorTitle::NewObjectNotListed,
            Self::ListIncomplete { .. } => ErrorTitle::ListIncomplete,
            Self::ListEndless { .. } => ErrorTitle::ListEndless,
        }
    }

    /// Returns whether a server that replies so may have carried out the request. After a redirect
    /// or a status of 4xx it has not.
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
            "The server or a firewall in front of it rejected the request: check that the address of this machine is allowed."
        }
        404 | 405 => {
            "Check that endpoint names CC-iSales: it has no such interface at this address."
        }
        407 => "Check proxy_url: the proxy requires a login.",
        429 => {
            "Too many requests: lower requests_per_second or max_concurrent_requests, or try again later."
        }
        500..=599 => "The server or a gateway in front of it has a problem: try again later.",
        _ => "Check that endpoint names CC-iSales.",
    }
}
