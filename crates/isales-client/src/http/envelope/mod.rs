//! Checks a reply: HTTP status, envelope and both code fields (Table 6).

mod repeated;
mod text;

use http::header;
use serde_json::{Map, Value};

use super::{
    client_inner::ClientInner,
    redact::{excerpt, scrub, shorten},
    reply::{MAX_REPLY, Reply, ReplyBody},
    skew,
    transport::via,
};
use crate::{
    config::{Credentials, Proxy},
    content_type::is_json_type,
    error::{
        ApiError, Error, ErrorCode, Operation, ProtocolError, ProtocolProblem, Sent,
        TransportError, Unauthorized, code::SUCCESS,
    },
};

/// The code field of every generation of the API.
const RESULT_CODE: &str = "resultCode";

/// The code field that newer servers add.
const RETURN_CODE: &str = "returnCode";

/// The members of a successful reply.
pub(crate) type Envelope = Map<String, Value>;

/// Reads replies to requests of one operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReplyReader<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) host: &'a str,
    pub(crate) proxy: Option<&'a Proxy>,
    pub(crate) credentials: &'a Credentials,
}

// === impl ReplyReader ===

impl<'a> ReplyReader<'a> {
    /// Creates a reader for an operation of a client.
    pub(crate) fn new(client: &'a ClientInner, operation: &'static Operation) -> Self {
        Self {
            operation,
            host: &client.host,
            proxy: client.config.proxy.as_ref(),
            credentials: &client.config.credentials,
        }
    }

    /// Returns the members of a successful reply.
    ///
    /// Success requires HTTP status 200, JSON, and the success code in every code field present, of
    /// which there must be at least one. Older servers have no `returnCode`.
    pub(crate) fn read(&self, reply: &Reply) -> Result<Envelope, Error> {
        match reply.status {
            200 => self.envelope(self.body(reply)?, reply),
            300..=399 => Err(self.redirect(reply)),
            401 => Err(Error::Unauthorized(Unauthorized {
                operation: self.operation,
                host: self.host.to_owned(),
                time: skew::refused_time(reply.seconds_ahead(), reply.signed_offset),
            })),
            status => {
                let body = match &reply.body {
                    ReplyBody::Complete(body) => body.as_slice(),
                    ReplyBody::TooLarge | ReplyBody::Broken(_) => &[],
                };
                // An error code of the API says more than the status.
                match self.envelope(body, reply) {
                    Err(error @ Error::Api(_)) => Err(error),
                    _ => Err(self.problem(ProtocolProblem::Status {
                        status,
                        excerpt: self.excerpt(body, reply),
                    })),
                }
            }
        }
    }

    fn body<'r>(&self, reply: &'r Reply) -> Result<&'r [u8], Error> {
        match &reply.body {
            ReplyBody::Complete(body) => Ok(body),
            ReplyBody::TooLarge => {
                Err(self.problem(ProtocolProblem::TooLarge { limit: MAX_REPLY }))
            }
            ReplyBody::Broken(kind) => Err(Error::Transport(TransportError {
                kind: kind.clone(),
                sent: Sent::Maybe,
                operation: self.operation,
                host: self.host.to_owned(),
                via: via(self.proxy),
            })),
        }
    }

    fn envelope(&self, body: &[u8], reply: &Reply) -> Result<Envelope, Error> {
        // The body decides: text/plain around an envelope is an envelope, and JSON without a code
        // is none.
        let content_type = reply.header(header::CONTENT_TYPE);
        let members = match text::json(body, content_type) {
            Ok(Value::Object(members))
                if [RESULT_CODE, RETURN_CODE]
                    .iter()
                    .any(|name| spellings(&members, name).next().is_some()) =>
            {
                members
            }
            other => return Err(self.no_envelope(body, reply, other)),
        };
        let (code, descs) = match (
            self.code(&members, RESULT_CODE)?,
            self.code(&members, RETURN_CODE)?,
        ) {
            (None, None) => {
                return Err(self.problem(ProtocolProblem::NoCode {
                    excerpt: self.excerpt(body, reply),
                }));
            }
            (Some(result), Some(other)) if result != other => {
                return Err(self.codes_disagree(result, other));
            }
            (Some(code), _) => (code, ["resultDesc", "returnDesc"]),
            (None, Some(code)) => (code, ["returnDesc", "resultDesc"]),
        };
        if code == SUCCESS {
            if let Some(reason) = doubt(&members, &text::decode(body, content_type)) {
                return Err(self.problem(ProtocolProblem::NotJson {
                    reason: reason.to_owned(),
                    excerpt: self.excerpt(body, reply),
                }));
            }
            return Ok(members);
        }
        let desc = descs
            .iter()
            .flat_map(|desc| spellings(&members, desc))
            .filter_map(Value::as_str)
            .find(|desc| !desc.trim().is_empty());
        Err(Error::Api(ApiError {
            code: ErrorCode::new(scrub(code, self.credentials)),
            desc: scrub(desc.unwrap_or_default(), self.credentials),
            operation: self.operation,
        }))
    }

    /// Returns the code under a name, unless it is absent, null or empty.
    fn code<'m>(&self, members: &'m Envelope, name: &str) -> Result<Option<&'m str>, Error> {
        let mut found = None;
        for value in spellings(members, name) {
            let code = match value {
                Value::Null => continue,
                Value::String(code) => code.trim(),
                _ => {
                    return Err(self.problem(ProtocolProblem::Member {
                        path: name.to_owned(),
                        expected: "a string",
                    }));
                }
            };
            if matches!(code, "" | "null") {
                continue;
            }
            match found {
                Some(found) if found != code => return Err(self.codes_disagree(found, code)),
                _ => found = Some(code),
            }
        }
        Ok(found)
    }

    fn codes_disagree(&self, result_code: &str, return_code: &str) -> Error {
        self.problem(ProtocolProblem::CodesDisagree {
            result_code: shorten(result_code, self.credentials),
            return_code: shorten(return_code, self.credentials),
        })
    }

    /// Shows only the host of the target: its path may contain anything.
    fn redirect(&self, reply: &Reply) -> Error {
        let target = reply
            .header(header::LOCATION)
            .and_then(|location| {
                let base = reqwest::Url::parse(&format!("https://{}", self.host)).ok()?;
                base.join(location).ok()?.host_str().map(str::to_owned)
            })
            .unwrap_or_else(|| "a place that it does not name".to_owned());
        self.problem(ProtocolProblem::Redirect {
            target: shorten(&target, self.credentials),
        })
    }

    /// Creates the error of a body that is no envelope.
    fn no_envelope(
        &self,
        body: &[u8],
        reply: &Reply,
        read: Result<Value, serde_json::Error>,
    ) -> Error {
        let content_type = reply.header(header::CONTENT_TYPE);
        let excerpt = self.excerpt(body, reply);
        let compression = text::compression(body, reply.header(header::CONTENT_ENCODING));
        self.problem(match (read, compression) {
            (Err(_), Some(compression)) => {
                let compression = shorten(&compression, self.credentials);
                ProtocolProblem::NotJson {
                    reason: format!(
                        "it is compressed as {compression}, although the request accepts no compression"
                    ),
                    excerpt,
                }
            }
            _ if !content_type.is_some_and(is_json_type) => ProtocolProblem::ContentType {
                content_type: content_type.map_or_else(
                    || "missing".to_owned(),
                    |content_type| shorten(content_type, self.credentials),
                ),
                excerpt,
            },
            (Ok(_), _) => ProtocolProblem::NoCode { excerpt },
            (Err(error), None) => ProtocolProblem::NotJson {
                reason: error.to_string(),
                excerpt,
            },
        })
    }

    /// Returns the start of a body, if it can be read.
    fn excerpt(&self, body: &[u8], reply: &Reply) -> String {
        if text::compression(body, reply.header(header::CONTENT_ENCODING)).is_some() {
            return String::new();
        }
        let text = text::decode(body, reply.header(header::CONTENT_TYPE));
        excerpt(text.as_bytes(), self.credentials)
    }

    /// Creates the error of a reply that does not follow the API.
    pub(crate) fn problem(&self, problem: ProtocolProblem) -> Error {
        Error::Protocol(ProtocolError {
            problem,
            operation: self.operation,
            host: self.host.to_owned(),
        })
    }
}

/// Returns the values of a member in every letter case of its name, as serializers change it.
fn spellings<'m>(members: &'m Envelope, name: &str) -> impl Iterator<Item = &'m Value> {
    members
        .iter()
        .filter(move |(member, _)| member.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Returns the reason why the members of a successful reply may not be those that the server meant.
fn doubt(members: &Envelope, text: &str) -> Option<&'static str> {
    let is_damaged = |name: &String| name.contains(char::REPLACEMENT_CHARACTER);
    if members.keys().any(is_damaged) {
        return Some("the name of a member is not in the declared charset");
    }
    repeated::repeated_name(text)
        .is_some()
        .then_some("an object has a member twice, with different values")
}

#[cfg(test)]
mod tests;
