//! The file that `terraform-provider-isales doctor --report` writes.

use std::{fs, path::Path, time::Duration};

use super::{
    body::RecordedBody,
    error::{FORMAT, LikeError},
};
use crate::{
    clock::{ClockOffset, ClockOffsetError},
    json::{self, Node},
};

/// What the file says about a server.
#[derive(Debug)]
pub(crate) struct Recording {
    pub(crate) vdn_id: Option<u16>,
    /// How far the server's clock is ahead.
    pub(crate) clock_ahead: ClockOffset,
    /// How many requests at once the server takes, if that was measured and there is a limit.
    pub(crate) requests_at_once: Option<usize>,
    /// How long queries lag behind a POST, if that was tried.
    pub(crate) lag: Option<Duration>,
    pub(crate) exchanges: Vec<RecordedExchange>,
}

/// A request with its reply.
#[derive(Clone, Debug)]
pub(crate) struct RecordedExchange {
    pub(crate) signing: Signing,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) request_body: Option<RecordedBody>,
    /// Missing if the request did not get through.
    pub(crate) reply: Option<RecordedReply>,
    /// When the exchange ended, counted from the first one.
    pub(crate) at: Duration,
    pub(crate) took: Duration,
}

/// How a request was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signing {
    pub(crate) has_milliseconds: bool,
    /// As in the `Authorization` header.
    pub(crate) signed_headers: String,
    /// How far the time in it was behind the server's clock, in seconds.
    pub(crate) clock_off_by: i64,
}

/// A reply.
#[derive(Clone, Debug)]
pub(crate) struct RecordedReply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: RecordedBody,
}

// === impl Recording ===

impl Recording {
    pub(crate) fn read(path: &Path) -> Result<Self, LikeError> {
        Self::parse(&fs::read_to_string(path)?)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, LikeError> {
        let file = json::parse(text).map_err(LikeError::Json)?;
        if file.member("format").and_then(Node::as_number) != Some(FORMAT) {
            return Err(LikeError::Format);
        }
        let fact = |name| file.member("server").and_then(|server| server.member(name));
        let milliseconds = |name| {
            fact(name)
                .and_then(Node::as_number)
                .map(Duration::from_millis)
        };
        let exchanges = file
            .member("exchanges")
            .ok_or(LikeError::Part("exchanges"))?;
        Ok(Self {
            vdn_id: file.member("vdn_id").and_then(Node::as_number),
            clock_ahead: match fact("clock_ahead_s") {
                Some(Node::Number(seconds)) => seconds
                    .parse()
                    .map_err(|error: ClockOffsetError| LikeError::Clock(error.to_string()))?,
                _ => ClockOffset::default(),
            },
            requests_at_once: fact("requests_at_once").and_then(Node::as_number),
            lag: milliseconds("lag_ms"),
            exchanges: exchanges
                .entries()
                .iter()
                .map(RecordedExchange::read)
                .collect::<Result<_, _>>()?,
        })
    }
}

// === impl RecordedExchange ===

impl RecordedExchange {
    fn read(node: &Node) -> Result<Self, LikeError> {
        let request = node.member("request").ok_or(LikeError::Part("request"))?;
        let text = |name, part| {
            let text = request.member(name).and_then(Node::as_text);
            text.map(str::to_owned).ok_or(LikeError::Part(part))
        };
        let milliseconds = |name| {
            let number = node.member(name).and_then(Node::as_number);
            Duration::from_millis(number.unwrap_or(0))
        };
        let query = request.member("query").map(Node::members);
        Ok(Self {
            signing: Signing::read(node.member("signing")),
            method: text("method", "request.method")?,
            path: text("path", "request.path")?,
            query: query
                .unwrap_or_default()
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), value.as_text()?.to_owned())))
                .collect(),
            request_body: match request.member("body") {
                None | Some(Node::Null) => None,
                Some(body) => Some(RecordedBody::read(body)?),
            },
            reply: node.member("reply").map(RecordedReply::read).transpose()?,
            at: milliseconds("at_ms"),
            took: milliseconds("took_ms"),
        })
    }

    /// Returns the reply of an exchange whose signature was accepted.
    pub(crate) fn authorized_reply(&self) -> Option<&RecordedReply> {
        self.reply.as_ref().filter(|reply| reply.status != 401)
    }
}

// === impl Signing ===

impl Signing {
    fn read(node: Option<&Node>) -> Self {
        let member = |name| node.and_then(|node| node.member(name));
        let text = |name| member(name).and_then(Node::as_text).unwrap_or_default();
        Self {
            has_milliseconds: text("timestamp_precision") != "seconds",
            signed_headers: text("signed_headers").to_owned(),
            clock_off_by: member("clock_off_by_s")
                .and_then(Node::as_number)
                .unwrap_or(0),
        }
    }
}

// === impl RecordedReply ===

impl RecordedReply {
    fn read(node: &Node) -> Result<Self, LikeError> {
        let status = node.member("status").and_then(Node::as_number);
        let headers = node.member("headers").map(Node::entries);
        let body = node.member("body").ok_or(LikeError::Part("reply.body"))?;
        Ok(Self {
            status: status.ok_or(LikeError::Part("reply.status"))?,
            headers: headers
                .unwrap_or_default()
                .iter()
                .filter_map(|line| {
                    let (name, value) = line.as_text()?.split_once(": ")?;
                    Some((name.to_owned(), value.to_owned()))
                })
                .collect(),
            body: RecordedBody::read(body)?,
        })
    }

    /// Returns the value of a header by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the result code in the body, if it has one.
    pub(crate) fn result_code(&self) -> Option<&str> {
        let members = self.body.json.as_ref()?.members();
        ["resultcode", "returncode"].iter().find_map(|name| {
            let mut codes = members
                .iter()
                .filter(|(known, _)| known.eq_ignore_ascii_case(name));
            codes.find_map(|(_, code)| code.as_text().filter(|code| !code.is_empty()))
        })
    }
}
