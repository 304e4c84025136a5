//! One attempt: wait for a turn, sign, send, read the reply.

use std::{pin::pin, time::SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, header};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{
    body::{SentFlag, TrackedBody},
    shared::ClientInner,
    skew,
    transport::{Phase, transport_kind},
};
use crate::{
    error::{Error, Operation, Sent, TlsFailure, TransportError, TransportKind},
    sign::{Authorization, RequestToSign, Timestamp, canonical_query},
};

/// The largest reply that is read, in bytes.
pub(crate) const MAX_REPLY: usize = 1024 * 1024;

const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// A request, before it is signed.
#[derive(Clone, Debug)]
pub(crate) struct ApiRequest {
    pub(crate) operation: Operation,
    /// The path as it goes out.
    pub(crate) path: String,
    /// The parameters of the query, before percent-encoding.
    pub(crate) query: Vec<(&'static str, String)>,
    /// The body of a POST; a GET has none.
    pub(crate) body: Option<Bytes>,
}

/// A reply, not judged yet.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ReplyBody,
    /// When the head of the reply came, by the clock of this machine.
    pub(crate) received: SystemTime,
    /// What was added to that clock for the signature, in seconds.
    pub(crate) signed_offset: i64,
}

/// How much came of a reply's body.
#[derive(Debug)]
pub(crate) enum ReplyBody {
    /// All of it.
    Complete(Vec<u8>),
    /// More than [`MAX_REPLY`].
    TooLarge,
    /// Not all of it.
    Broken(TransportKind),
}

// === impl ApiRequest ===

impl ApiRequest {
    /// A GET without parameters.
    pub(crate) const fn get(operation: Operation, path: String) -> Self {
        Self {
            operation,
            path,
            query: Vec::new(),
            body: None,
        }
    }

    const fn method(&self) -> Method {
        match self.body {
            Some(_) => Method::POST,
            None => Method::GET,
        }
    }

    /// A cancelled call.
    pub(crate) const fn cancelled(&self, sent: Sent) -> Error {
        Error::Cancelled {
            operation: self.operation,
            sent,
        }
    }
}

impl ClientInner {
    /// Makes one attempt. The turn is over when this returns.
    pub(crate) async fn exchange(
        &self,
        outgoing: &ApiRequest,
        cancel: &CancellationToken,
    ) -> Result<Reply, Error> {
        let ready = async { Ok::<_, Error>((self.limits.turn().await, self.http().await?)) };
        let (_turn, http) = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(outgoing.cancelled(Sent::No)),
            ready = ready => ready?,
        };

        let flag = SentFlag::default();
        let attempt = timeout(
            self.config.request_timeout,
            self.send(http, outgoing, flag.clone()),
        );
        let mut attempt = pin!(attempt);
        let ended = tokio::select! {
            biased;
            ended = &mut attempt => ended,
            () = cancel.cancelled() => match flag.get() {
                Sent::No => return Err(outgoing.cancelled(Sent::No)),
                // The server is likely to have the policy already: better to hear so.
                Sent::Maybe => match timeout(self.config.cancel_grace, attempt).await {
                    Ok(ended) => ended,
                    Err(_) => return Err(outgoing.cancelled(Sent::Maybe)),
                },
            },
        };
        let kind = match ended {
            Ok(Ok(reply)) => return Ok(reply),
            Ok(Err(kind)) => kind,
            Err(_) => TransportKind::Timeout,
        };
        // A server that refuses the client certificate does not read the request, even if TLS 1.3
        // tells so only after the request was sent.
        let sent = match kind {
            TransportKind::Tls(TlsFailure::ClientCertificate(_)) => Sent::No,
            _ => flag.get(),
        };
        Err(self.transport(outgoing.operation, kind, sent))
    }

    pub(crate) fn transport(&self, operation: Operation, kind: TransportKind, sent: Sent) -> Error {
        Error::Transport(TransportError {
            kind,
            sent,
            operation,
            host: self.host.clone(),
        })
    }

    async fn send(
        &self,
        http: &reqwest::Client,
        outgoing: &ApiRequest,
        flag: SentFlag,
    ) -> Result<Reply, TransportKind> {
        let signed_offset = self.offset.get();
        let request = self.request(http, outgoing, flag, signed_offset)?;
        let mut response = http
            .execute(request)
            .await
            .map_err(|error| transport_kind(&error, Phase::Request))?;
        Ok(Reply {
            received: self.clock.now(),
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: read_body(response).await,
            signed_offset,
        })
    }

    /// Signs exactly the headers and bytes that go out.
    fn request(
        &self,
        http: &reqwest::Client,
        outgoing: &ApiRequest,
        flag: SentFlag,
        clock_offset: i64,
    ) -> Result<reqwest::Request, TransportKind> {
        let method = outgoing.method();
        let time = skew::moved(self.clock.now(), clock_offset);
        let query: Vec<_> = outgoing
            .query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let length = outgoing.body.as_ref().map(|body| body.len().to_string());
        let mut headers = vec![
            (header::HOST.as_str(), self.host.as_str()),
            (header::CONTENT_TYPE.as_str(), CONTENT_TYPE),
        ];
        if let Some(length) = &length {
            headers.push((header::CONTENT_LENGTH.as_str(), length));
        }
        if let Some(locale) = &self.config.locale {
            headers.push(("locale", locale.as_str()));
        }
        let compatibility = &self.config.compatibility;
        let credentials = &self.config.credentials;
        let authorization = Authorization::sign(
            &RequestToSign {
                method: method.as_str(),
                path: &outgoing.path,
                query: &query,
                headers: &headers,
                body: outgoing.body.as_deref().unwrap_or_default(),
            },
            &compatibility.signed_headers,
            credentials.access_key(),
            credentials.secret_key(),
            &Timestamp::new(time, compatibility.timestamp_precision),
        );
        let authorization = authorization.header_value().ok_or_else(|| {
            TransportKind::Request("the access key does not fit into a header".to_owned())
        })?;

        let url = self
            .config
            .endpoint
            .url(&outgoing.path, &canonical_query(&query));
        let mut request = http
            .request(method, url)
            .header(header::AUTHORIZATION, authorization);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some(body) = &outgoing.body {
            request = request.body(reqwest::Body::wrap(TrackedBody::new(body.clone(), flag)));
        }
        request
            .build()
            .map_err(|error| transport_kind(&error, Phase::Request))
    }
}

async fn read_body(mut response: reqwest::Response) -> ReplyBody {
    let is_too_large = |length: u64| length > MAX_REPLY as u64;
    if response.content_length().is_some_and(is_too_large) {
        return ReplyBody::TooLarge;
    }
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > MAX_REPLY => {
                return ReplyBody::TooLarge;
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return ReplyBody::Complete(body),
            Err(error) => return ReplyBody::Broken(transport_kind(&error, Phase::Body)),
        }
    }
}
