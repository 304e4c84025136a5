//! A request, before it is signed.

use bytes::Bytes;
use http::Method;
use serde::Serialize;

use crate::error::{Cancelled, Error, Operation, Sent, Waiting};

/// A request, before it is signed.
#[derive(Clone, Debug)]
pub(crate) struct ApiRequest {
    /// The operation, which knows whether the request is a read or a write.
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    /// The path, already encoded.
    pub(crate) path: String,
    /// The parameters of the query, before percent-encoding.
    pub(crate) query: Vec<(&'static str, String)>,
    /// The JSON body, with any method: the API has a list that is a GET with a body.
    pub(crate) body: Option<Bytes>,
}

// === impl ApiRequest ===

impl ApiRequest {
    /// Creates a request without parameters and body.
    pub(crate) const fn new(operation: &'static Operation, method: Method, path: String) -> Self {
        Self {
            operation,
            method,
            path,
            query: Vec::new(),
            body: None,
        }
    }

    /// Creates a GET request without parameters and body.
    pub(crate) const fn get(operation: &'static Operation, path: String) -> Self {
        Self::new(operation, Method::GET, path)
    }

    /// Adds the JSON body.
    pub(crate) fn json(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Adds a JSON body whose members have the order of the fields.
    pub(crate) fn body_of(self, body: &impl Serialize) -> Self {
        // Text and numbers can always be written.
        self.json(serde_json::to_vec(body).unwrap_or_default())
    }

    /// Adds a query parameter.
    pub(crate) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// Returns the length to declare. A POST or PUT without a body declares a length of 0, as HTTP
    /// asks for (RFC 9110, section 8.6).
    pub(crate) fn content_length(&self) -> Option<usize> {
        match &self.body {
            Some(body) => Some(body.len()),
            None if self.method == Method::POST || self.method == Method::PUT => Some(0),
            None => None,
        }
    }

    /// Creates the error of a request that was cancelled while it waited for the server.
    pub(crate) fn cancelled(&self, sent: Sent) -> Error {
        self.cancelled_while(Waiting::Server, sent)
    }

    /// Creates the error of a request that was cancelled before the limits allowed it.
    pub(crate) fn cancelled_by_limits(&self) -> Error {
        self.cancelled_while(Waiting::Limits, Sent::No)
    }

    fn cancelled_while(&self, waiting: Waiting, sent: Sent) -> Error {
        Cancelled {
            operation: self.operation,
            sent,
            waiting,
            tried: None,
        }
        .into()
    }
}
