//! Scripts: replies and faults for the requests that a test selects.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Fault;
use crate::{
    api::{Refusal, ResultCode, envelope},
    http::{Delivery, Reply, WireRequest},
    json::{Node, Style},
    shape::Shape,
};

/// Replaces or changes the server's own reply to the next matching requests. The requests are
/// recorded as usual. A scripted reply and some [`Fault`]s store nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The method of matching requests; any if `None`.
    #[serde(default)]
    method: Option<String>,
    /// The whole path of matching requests; any if `None`. A segment `*` matches any.
    #[serde(default)]
    path: Option<String>,
    /// The method of a request, on the same path, that has to arrive first.
    #[serde(default)]
    after: Option<String>,
    /// The number of requests that are still to match.
    #[serde(default = "once")]
    times: u32,
    action: Action,
}

/// The response of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Action {
    Reply(ScriptedReply),
    Fault(Fault),
    /// The server's own reply.
    Pass,
    /// The server's own reply, in this shape.
    Shape(Shape),
    /// The server's own reply, with what was there before the last POST.
    Stale,
    /// No reply, until the client gives up.
    Hold(Hold),
}

/// Whether a request without a reply is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// It is not.
    BeforeHandled,
    /// It is, so a write has taken effect.
    AfterHandled,
}

/// A reply defined by a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptedReply {
    pub(crate) status: u16,
    #[serde(default = "json_content_type")]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) body: String,
}

/// Scripts that still match requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Scripts(Vec<Script>);

// === impl Script ===

impl Script {
    fn new(action: Action) -> Self {
        Self {
            method: None,
            path: None,
            after: None,
            times: 1,
            action,
        }
    }

    /// Replies with this status and body, as `application/json` unless changed by `header`.
    pub fn reply(status: u16, body: impl Into<String>) -> Self {
        let (headers, body) = (json_content_type(), body.into());
        Self::new(Action::Reply(ScriptedReply {
            status,
            headers,
            body,
        }))
    }

    /// Replies HTTP 200 with this code in `resultCode` and `returnCode`.
    pub fn code(code: ResultCode) -> Self {
        Self::reply(200, Refusal::from(code).to_json())
    }

    /// Replies HTTP 200 with these codes in `resultCode` and `returnCode`, and this description.
    pub fn codes(result_code: &str, return_code: &str, description: &str) -> Self {
        let mut fields = envelope(ResultCode::Success, description);
        for (name, value) in &mut fields {
            match name.as_str() {
                "resultCode" => *value = Node::text(result_code),
                "returnCode" => *value = Node::text(return_code),
                _ => {}
            }
        }
        Self::reply(200, Style::JSON.write(&Node::Object(fields)))
    }

    /// Injects a fault.
    pub fn fault(fault: Fault) -> Self {
        Self::new(Action::Fault(fault))
    }

    /// Replies in this shape, whatever the server's own is.
    pub fn shape(shape: Shape) -> Self {
        Self::new(Action::Shape(shape))
    }

    /// Answers queries of a campaign as if its last POST had not arrived yet.
    pub fn stale() -> Self {
        Self::new(Action::Stale)
    }

    /// Never replies: the request stays open until the client gives up.
    pub fn hold(hold: Hold) -> Self {
        Self::new(Action::Hold(hold))
    }

    /// Lets requests pass unchanged, before the next script.
    pub fn pass() -> Self {
        Self::new(Action::Pass)
    }

    /// Sets a header of the reply, by its lower-case name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Action::Reply(reply) = &mut self.action {
            reply.headers.insert(name.to_owned(), value.to_owned());
        }
        self
    }

    /// Matches only this method.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Matches only this path, in which a segment `*` stands for any.
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Matches only after a request with this method, on the same path if one is set.
    pub fn after(mut self, method: &str) -> Self {
        self.after = Some(method.to_owned());
        self
    }

    /// Matches this many requests, by default one.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    fn matches(&self, request: &WireRequest) -> bool {
        self.times > 0
            && self.after.is_none()
            && self
                .method
                .as_ref()
                .is_none_or(|method| *method == request.method)
            && self.matches_path(request)
    }

    fn matches_path(&self, request: &WireRequest) -> bool {
        let path = self.path.as_deref();
        path.is_none_or(|pattern| matches_pattern(pattern, &request.path))
    }

    /// Enables the script if `request` is the one it waits for.
    fn observe(&mut self, request: &WireRequest) {
        if self.after.as_ref() == Some(&request.method) && self.matches_path(request) {
            self.after = None;
        }
    }
}

// === impl ScriptedReply ===

impl From<ScriptedReply> for Reply {
    fn from(scripted: ScriptedReply) -> Self {
        Self {
            status: scripted.status,
            headers: scripted.headers.into_iter().collect(),
            body: scripted.body.into_bytes(),
            delivery: Delivery::Complete,
        }
    }
}

// === impl Scripts ===

impl Scripts {
    pub(crate) fn push(&mut self, script: Script) {
        self.0.push(script);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the action of the oldest script that matches.
    pub(crate) fn take(&mut self, request: &WireRequest) -> Option<Action> {
        let matching = self.0.iter_mut().find(|script| script.matches(request));
        let action = matching.map(|script| {
            script.times -= 1;
            script.action.clone()
        });
        self.0.retain(|script| script.times > 0);
        for script in &mut self.0 {
            script.observe(request);
        }
        action
    }
}

fn matches_pattern(pattern: &str, path: &str) -> bool {
    pattern.split('/').count() == path.split('/').count()
        && pattern
            .split('/')
            .zip(path.split('/'))
            .all(|(pattern, segment)| pattern == "*" || pattern == segment)
}

fn once() -> u32 {
    1
}

fn json_content_type() -> BTreeMap<String, String> {
    BTreeMap::from([(
        "content-type".to_owned(),
        "application/json; charset=UTF-8".to_owned(),
    )])
}
