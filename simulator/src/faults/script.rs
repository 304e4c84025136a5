//! Replies laid down in advance, for the requests that a test names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::pseudo_json::{Node, Style};
use crate::result_code::{Refusal, ResultCode, envelope};
use crate::wire::WireRequest;

/// What the next matching requests meet instead of the server's own answer. They are recorded as
/// always; only a [`Fault`] that says so stores anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The method it is for; any where left out.
    #[serde(default)]
    method: Option<String>,
    /// The path it is for, whole; any where left out.
    #[serde(default)]
    path: Option<String>,
    /// It waits for a request of this method, which meets its path, and is for those after it.
    #[serde(default)]
    after: Option<String>,
    /// How many requests it is for.
    #[serde(default = "once")]
    times: u32,
    action: Action,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Action {
    Reply(ScriptedReply),
    Fault(Fault),
    /// The server's own answer: to let requests pass before the next script.
    Pass,
}

/// A reply as a test wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptedReply {
    pub(crate) status: u16,
    #[serde(default = "json_content_type")]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) body: String,
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

    /// A reply with this status and body, `application/json` unless changed.
    pub fn reply(status: u16, body: impl Into<String>) -> Self {
        let (headers, body) = (json_content_type(), body.into());
        Self::new(Action::Reply(ScriptedReply {
            status,
            headers,
            body,
        }))
    }

    /// HTTP 200 with this code in both code fields.
    pub fn code(code: ResultCode) -> Self {
        Self::reply(200, Refusal::from(code).to_json())
    }

    /// HTTP 200 with these codes in `resultCode` and `returnCode`, and any description.
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

    /// A fault.
    pub fn fault(fault: Fault) -> Self {
        Self::new(Action::Fault(fault))
    }

    /// The server's own answer: lets requests pass before the next script.
    pub fn pass() -> Self {
        Self::new(Action::Pass)
    }

    /// Sets a header of a reply; its name in lower case.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Action::Reply(reply) = &mut self.action {
            reply.headers.insert(name.to_owned(), value.to_owned());
        }
        self
    }

    /// For this method alone.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// For this path alone.
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// For requests after the next one of this method, on the same path if there is one.
    pub fn after(mut self, method: &str) -> Self {
        self.after = Some(method.to_owned());
        self
    }

    /// For so many requests.
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
            && self.is_for_path(request)
    }

    fn is_for_path(&self, request: &WireRequest) -> bool {
        self.path.as_ref().is_none_or(|path| *path == request.path)
    }

    /// Notes a request that it may have waited for.
    fn notice(&mut self, request: &WireRequest) {
        if self.after.as_ref() == Some(&request.method) && self.is_for_path(request) {
            self.after = None;
        }
    }
}

/// Scripts that are not used up, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Scripts(Vec<Script>);

impl Scripts {
    pub(crate) fn push(&mut self, script: Script) {
        self.0.push(script);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The action for this request: of the oldest script that matches.
    pub(crate) fn take(&mut self, request: &WireRequest) -> Option<Action> {
        let matching = self.0.iter_mut().find(|script| script.matches(request));
        let action = matching.map(|script| {
            script.times -= 1;
            script.action.clone()
        });
        self.0.retain(|script| script.times > 0);
        for script in &mut self.0 {
            script.notice(request);
        }
        action
    }
}
