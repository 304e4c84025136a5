//! One attempt: wait for a permit, sign, send, read the reply.

use std::{pin::pin, time::Duration};

use http::header;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    body::{SentFlag, TrackedBody},
    client_inner::ClientInner,
    limit::Permit,
    reply::{MAX_REPLY, Reply, ReplyBody},
    request::ApiRequest,
    skew,
    transport::{Phase, transport_kind, via},
};
use crate::{
    error::{Effect, Error, Operation, Sent, TlsFailure, TransportError, TransportKind},
    observer::{Exchange, ExchangeOutcome, ObservedRequest, ObservedSigning},
    sign::{Authorization, RequestToSign, Timestamp, canonical_query},
};

const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// What an attempt needs: a permit of the limits, and the HTTP client.
#[derive(Debug)]
pub(crate) struct Ready<'a> {
    _permit: Permit,
    http: &'a reqwest::Client,
}

// === impl ClientInner ===

impl ClientInner {
    /// Waits until the limits allow an attempt.
    pub(crate) async fn ready(
        &self,
        request: &ApiRequest,
        cancel: &CancellationToken,
    ) -> Result<Ready<'_>, Error> {
        let ready = async {
            Ok(Ready {
                _permit: self.limits.acquire().await,
                http: self.http().await?,
            })
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(request.cancelled_by_limits()),
            ready = ready => ready,
        }
    }

    /// Makes one attempt, which takes at most as long as `limit`. The permit is released when this
    /// returns.
    pub(crate) async fn exchange(
        &self,
        ready: Ready<'_>,
        request: &ApiRequest,
        limit: Duration,
        cancel: &CancellationToken,
    ) -> Result<Reply, Error> {
        let began = Instant::now();
        let clock_offset = self.offset.get();
        let result = self.attempt(ready, request, limit, cancel).await;
        if let Some(observer) = &self.config.observer {
            observer.observe(Exchange {
                operation: request.operation,
                request: self.observed_request(request, clock_offset),
                outcome: observed_outcome(&result),
                took: began.elapsed(),
            });
        }
        result
    }

    async fn attempt(
        &self,
        ready: Ready<'_>,
        request: &ApiRequest,
        limit: Duration,
        cancel: &CancellationToken,
    ) -> Result<Reply, Error> {
        let flag = SentFlag::default();
        let attempt = timeout(limit, self.send(ready.http, request, flag.clone()));
        let mut attempt = pin!(attempt);
        let ended = tokio::select! {
            biased;
            ended = &mut attempt => ended,
            () = cancel.cancelled() => match flag.get() {
                Sent::No => return Err(request.cancelled(Sent::No)),
                // The server has probably received the request; wait briefly for its reply.
                Sent::Maybe => match timeout(self.config.cancel_grace, attempt).await {
                    Ok(ended) => ended,
                    Err(_) => return Err(request.cancelled(Sent::Maybe)),
                },
            },
        };
        let kind = match ended {
            Ok(Ok(reply)) => return Ok(reply),
            Ok(Err(kind)) => kind,
            Err(_) => TransportKind::Timeout,
        };
        // A server that refuses the client certificate does not read the request, even if TLS 1.3
        // reports the refusal only after the request was sent.
        let sent = match kind {
            TransportKind::Tls(TlsFailure::ClientCertificate(_)) => Sent::No,
            _ => flag.get(),
        };
        Err(self.transport(request.operation, kind, sent))
    }

    fn observed_request(&self, request: &ApiRequest, clock_offset: i64) -> ObservedRequest {
        let length = content_length(request);
        let headers = self.headers(length.as_deref());
        let compatibility = &self.config.compatibility;
        let names = headers.iter().map(|(name, _)| *name);
        let signing = ObservedSigning {
            timestamp_precision: compatibility.timestamp_precision,
            signed_headers: compatibility.signed_headers.carried_by(names),
            clock_offset,
        };
        ObservedRequest {
            method: request.method.to_string(),
            path: request.path.clone(),
            query: request.query.clone(),
            headers: headers
                .into_iter()
                .map(|(name, value)| (name, value.to_owned()))
                .collect(),
            body: request.body.as_ref().map(|body| body.to_vec()),
            signing,
        }
    }

    /// Returns the headers that the API reads and a signature may cover.
    fn headers<'a>(&'a self, length: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
        let mut headers = vec![("host", self.host.as_str()), ("content-type", CONTENT_TYPE)];
        if let Some(length) = length {
            headers.push(("content-length", length));
        }
        if let Some(locale) = &self.config.locale {
            headers.push(("locale", locale.as_str()));
        }
        headers
    }

    fn transport(&self, operation: &'static Operation, kind: TransportKind, sent: Sent) -> Error {
        Error::Transport(TransportError {
            kind,
            sent,
            operation,
            host: self.host.clone(),
            via: via(self.config.proxy.as_ref()),
        })
    }

    async fn send(
        &self,
        http: &reqwest::Client,
        request: &ApiRequest,
        flag: SentFlag,
    ) -> Result<Reply, TransportKind> {
        let signed_offset = self.offset.get();
        let request = self.sign(http, request, flag, signed_offset)?;
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

    /// Signs exactly the headers and bytes that are sent.
    fn sign(
        &self,
        http: &reqwest::Client,
        request: &ApiRequest,
        flag: SentFlag,
        clock_offset: i64,
    ) -> Result<reqwest::Request, TransportKind> {
        let time = skew::moved(self.clock.now(), clock_offset);
        let query: Vec<_> = request
            .query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let length = content_length(request);
        let headers = self.headers(length.as_deref());
        let compatibility = &self.config.compatibility;
        let credentials = &self.config.credentials;
        let authorization = Authorization::sign(
            &RequestToSign {
                method: request.method.as_str(),
                path: &request.path,
                query: &query,
                headers: &headers,
                body: request.body.as_deref().unwrap_or_default(),
            },
            &compatibility.signed_headers,
            credentials.access_key(),
            credentials.secret_key(),
            &Timestamp::new(time, compatibility.timestamp_precision),
        );
        let authorization = authorization.header_value().ok_or_else(|| {
            TransportKind::Request("the access key is not allowed in a header".to_owned())
        })?;

        let url = self
            .config
            .endpoint
            .url(&request.path, &canonical_query(&query));
        let mut builder = http
            .request(request.method.clone(), url)
            .header(header::AUTHORIZATION, authorization)
            // Without this header, a server may choose any compression (RFC 9110, 12.5.3).
            .header(header::ACCEPT_ENCODING, "identity");
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        // Every write is tracked, even if its body is empty.
        if request.body.is_some() || request.operation.effect() == Effect::Write {
            let body = TrackedBody::new(request.body.clone(), flag);
            builder = builder.body(reqwest::Body::wrap(body));
        }
        builder
            .build()
            .map_err(|error| transport_kind(&error, Phase::Request))
    }
}

/// Returns the value of the Content-Length header.
fn content_length(request: &ApiRequest) -> Option<String> {
    request.content_length().map(|length| length.to_string())
}

/// Returns what an observer sees of an attempt's end.
fn observed_outcome(result: &Result<Reply, Error>) -> ExchangeOutcome {
    match result {
        Ok(reply) => ExchangeOutcome::Replied(reply.observed()),
        Err(Error::Transport(error)) => ExchangeOutcome::Failed(error.kind.clone()),
        Err(_) => ExchangeOutcome::Cancelled,
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
