//! Recorded replies, given again until a client changes what they show.

use std::collections::{BTreeMap, HashMap};

use super::{
    file::{RecordedExchange, RecordedReply},
    pages::{List, is_page_parameter},
};
use crate::http::{Reply, WireRequest};

/// The replies to requests that were recorded, and to others of the same kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replay {
    replies: HashMap<Key, RecordedReply>,
    lists: HashMap<Key, List>,
    /// Replies of interfaces that served no request.
    unserved: BTreeMap<(String, String), RecordedReply>,
    /// The reply to a signature that is not accepted.
    unauthorized: Option<RecordedReply>,
}

/// A request, apart from the page that it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Headers that a server writes anew for each reply.
const OWN_HEADERS: [&str; 5] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
];

/// The method of requests that change nothing.
const GET: &str = "GET";

// === impl Replay ===

impl Replay {
    pub(crate) fn new(exchanges: &[RecordedExchange]) -> Self {
        let mut replay = Self::default();
        let mut served: BTreeMap<(String, String), bool> = BTreeMap::new();
        for exchange in exchanges {
            let Some(reply) = &exchange.reply else {
                continue;
            };
            if reply.status == 401 {
                replay.unauthorized.get_or_insert_with(|| reply.clone());
                continue;
            }
            let interface = interface(&exchange.method, &exchange.path);
            *served.entry(interface.clone()).or_default() |= is_served(reply);
            replay
                .unserved
                .entry(interface)
                .or_insert_with(|| reply.clone());
            // A server that is busy for a moment is not one that always is.
            if exchange.method == GET && !is_passing(reply) {
                replay.add(exchange, reply);
            }
        }
        replay
            .unserved
            .retain(|interface, _| served.get(interface) == Some(&false));
        replay
    }

    fn add(&mut self, exchange: &RecordedExchange, reply: &RecordedReply) {
        let body = exchange.request_body.as_ref();
        let key = Key::new(
            &exchange.method,
            &exchange.path,
            exchange.query.clone(),
            body.map(|body| body.bytes.clone()).unwrap_or_default(),
        );
        match List::page(&key.query, reply) {
            Some(page) => {
                let list = self.lists.entry(key.without_page()).or_default();
                list.add(page, reply);
            }
            // The first reply shows what was there before the client changed anything.
            None => {
                self.replies.entry(key).or_insert_with(|| reply.clone());
            }
        }
    }

    /// Returns the recorded reply to a request.
    pub(crate) fn answer(&self, request: &WireRequest) -> Option<Reply> {
        let key = Key::of(request);
        if let Some(reply) = self.replies.get(&key) {
            return Some(reply.to_reply());
        }
        if let Some(list) = self.lists.get(&key.clone().without_page()) {
            return list.answer(&key.query);
        }
        let interface = interface(&request.method, &request.path);
        self.unserved.get(&interface).map(RecordedReply::to_reply)
    }

    /// Returns the recorded reply to a signature that is not accepted.
    pub(crate) fn unauthorized(&self) -> Option<Reply> {
        self.unauthorized.as_ref().map(RecordedReply::to_reply)
    }

    /// Forgets the replies that a request may have made wrong: those of the same path, and if it is no
    /// path that is also read, all of the same VDN.
    pub(crate) fn forget(&mut self, request: &WireRequest) {
        if request.method == GET {
            return;
        }
        if self.replies.keys().any(|key| key.path == request.path) {
            self.forget_path(&request.path);
        } else {
            let vdn = vdn_prefix(&request.path);
            self.retain(|path| !path.starts_with(vdn));
        }
    }

    /// Forgets the replies about what has this path.
    pub(crate) fn forget_path(&mut self, changed: &str) {
        self.retain(|path| path != changed);
    }

    /// Forgets the replies about a VDN.
    pub(crate) fn forget_vdn(&mut self, vdn_id: u16) {
        let vdn_id = vdn_id.to_string();
        self.retain(|path| !vdn_prefix(path).ends_with(&format!("/{vdn_id}")));
    }

    fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.replies.retain(|key, _| is_kept(&key.path));
        self.lists.retain(|key, _| is_kept(&key.path));
    }
}

/// Returns whether the server has the interface: anything but an HTTP error without a result code.
fn is_served(reply: &RecordedReply) -> bool {
    reply.status < 400 || reply.result_code().is_some() || is_passing(reply)
}

/// Returns whether the same request may be answered otherwise a moment later.
pub(super) fn is_passing(reply: &RecordedReply) -> bool {
    const TOO_FAST: &str = "0200022";
    matches!(reply.status, 429 | 500..) || reply.result_code() == Some(TOO_FAST)
}

/// Returns the method and the path without its IDs.
fn interface(method: &str, path: &str) -> (String, String) {
    let is_id = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit()) && !is_version(part);
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| if is_id(part) { "*" } else { part })
        .collect();
    (method.to_owned(), parts.join("/"))
}

fn is_version(part: &str) -> bool {
    part.strip_prefix('v')
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns a path up to the ID of the VDN.
fn vdn_prefix(path: &str) -> &str {
    const BEFORE: &str = "/campaigns/";
    let Some(start) = path.find(BEFORE) else {
        return path;
    };
    let id = start + BEFORE.len();
    let rest = path.get(id..).unwrap_or_default();
    let end = rest.find('/').map_or(path.len(), |length| id + length);
    path.get(..end).unwrap_or(path)
}

// === impl Key ===

impl Key {
    fn new(method: &str, path: &str, mut query: Vec<(String, String)>, body: Vec<u8>) -> Self {
        // On the wire, parameters may have another order than in the report.
        query.sort_unstable();
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            body,
        }
    }

    fn of(request: &WireRequest) -> Self {
        let query = request.query_parameters().collect();
        Self::new(&request.method, &request.path, query, request.body.clone())
    }

    fn without_page(mut self) -> Self {
        self.query.retain(|(name, _)| !is_page_parameter(name));
        self
    }
}

// === impl RecordedReply ===

impl RecordedReply {
    pub(crate) fn to_reply(&self) -> Reply {
        self.with_body(self.body.bytes.clone())
    }

    pub(super) fn with_body(&self, body: Vec<u8>) -> Reply {
        Reply {
            status: self.status,
            headers: self
                .headers
                .iter()
                .filter(|(name, _)| !OWN_HEADERS.contains(&name.as_str()))
                .cloned()
                .collect(),
            body,
            delivery: self.body.delivery,
        }
    }
}
