//! An exchange with its values marked.

use std::time::{Duration, SystemTime};

use isales_client::{
    error::{TlsFailure, TransportKind},
    observer::{Exchange, ExchangeOutcome, ObservedRequest, ObservedSigning},
    sign::TimestampPrecision,
};

use super::{
    body::Body,
    header,
    json::{self, Object},
    keep::{Keep, keeps_parameter, keeps_path_word},
    prose::prose,
    structure,
    text::{Text, text_of},
    token::{StandIns, Tokens},
};

/// The part of a path in front of the ID of a VDN.
const BEFORE_VDN: &str = "campaigns";

/// An exchange with its values marked.
#[derive(Debug)]
pub(super) struct MarkedExchange {
    operation: String,
    signing: ObservedSigning,
    /// How far the time in the signature was behind the server's clock, in seconds.
    clock_off_by: Option<i64>,
    method: String,
    path: Text,
    query: Vec<(&'static str, Text)>,
    request_headers: Vec<(Text, Text)>,
    request_body: Body,
    outcome: MarkedOutcome,
    /// When the head of the reply arrived, counted from the first one of the report.
    at: Option<Duration>,
    took: Duration,
}

#[derive(Debug)]
enum MarkedOutcome {
    Reply {
        status: u16,
        headers: Vec<(Text, Text)>,
        body: Body,
    },
    Failure(&'static str),
}

// === impl MarkedExchange ===

impl MarkedExchange {
    /// Marks the values of an exchange. `start` is the time from which others are counted.
    pub(super) fn new(
        exchange: &Exchange,
        start: Option<SystemTime>,
        keep: &Keep,
        tokens: &mut Tokens,
    ) -> Self {
        let request = &exchange.request;
        let outcome = match &exchange.outcome {
            ExchangeOutcome::Replied(reply) => {
                let headers = reply.headers.iter();
                MarkedOutcome::Reply {
                    status: reply.status,
                    headers: headers
                        .map(|(name, value)| {
                            let marked = header::name(name, keep, tokens);
                            (marked, header::value(name, value, keep, tokens))
                        })
                        .collect(),
                    body: Body::of_reply(reply, keep, tokens),
                }
            }
            ExchangeOutcome::Failed(kind) => MarkedOutcome::Failure(failure(kind)),
            ExchangeOutcome::Cancelled => MarkedOutcome::Failure("cancelled"),
        };
        Self {
            operation: exchange.operation.to_string(),
            signing: request.signing.clone(),
            clock_off_by: clock_ahead(exchange)
                .map(|ahead| ahead.saturating_sub(request.signing.clock_offset)),
            method: request.method.clone(),
            path: path(&request.path, keep, tokens),
            query: query(request, keep, tokens),
            request_headers: request
                .headers
                .iter()
                .map(|(name, value)| (Text::new(name), header::value(name, value, keep, tokens)))
                .collect(),
            request_body: Body::of_request(request.body.as_deref(), keep, tokens),
            at: received(exchange)
                .zip(start)
                .and_then(|(received, start)| received.duration_since(start).ok()),
            outcome,
            took: exchange.took,
        }
    }

    pub(super) fn to_json(&self, stand_ins: &StandIns) -> String {
        let query = self
            .query
            .iter()
            .fold(Object::default(), |query, (name, value)| {
                query.with(name, &json::string(&value.replaced(stand_ins)))
            });
        let request = Object::default()
            .with("method", &json::string(&self.method))
            .with("path", &json::string(&self.path.replaced(stand_ins)))
            .with("query", &query.end())
            .with("headers", &headers(&self.request_headers, stand_ins))
            .with("body", &self.request_body.to_json(stand_ins));
        let exchange = Object::default()
            .with("operation", &json::string(&self.operation))
            .with("signing", &signing(&self.signing, self.clock_off_by))
            .with("request", &request.end());
        let exchange = match &self.outcome {
            MarkedOutcome::Reply {
                status,
                headers: reply_headers,
                body,
            } => {
                let reply = Object::default()
                    .with("status", &status.to_string())
                    .with("headers", &headers(reply_headers, stand_ins))
                    .with("body", &body.to_json(stand_ins));
                exchange.with("reply", &reply.end())
            }
            MarkedOutcome::Failure(name) => exchange.with("failure", &json::string(name)),
        };
        let exchange = match self.at {
            Some(at) => exchange.with("at_ms", &at.as_millis().to_string()),
            None => exchange,
        };
        let took = self.took.as_millis().to_string();
        exchange.with("took_ms", &took).end()
    }

    /// Returns what stands in for the ID of the VDN.
    pub(super) fn vdn_id(&self, stand_ins: &StandIns) -> Option<String> {
        let path = self.path.replaced(stand_ins);
        let mut parts = path.split('/').skip_while(|part| *part != BEFORE_VDN);
        parts.nth(1).map(str::to_owned)
    }
}

/// Returns when the head of the reply arrived.
pub(super) fn received(exchange: &Exchange) -> Option<SystemTime> {
    match &exchange.outcome {
        ExchangeOutcome::Replied(reply) => Some(reply.received),
        ExchangeOutcome::Failed(_) | ExchangeOutcome::Cancelled => None,
    }
}

/// Returns how far the server's clock is ahead, in seconds, by the date of the reply.
pub(super) fn clock_ahead(exchange: &Exchange) -> Option<i64> {
    match &exchange.outcome {
        ExchangeOutcome::Replied(reply) => reply.seconds_ahead(),
        ExchangeOutcome::Failed(_) | ExchangeOutcome::Cancelled => None,
    }
}

fn path(path: &str, keep: &Keep, tokens: &mut Tokens) -> Text {
    let mut text = Text::new(path);
    let mut marks = Vec::new();
    for part in text.glyphs().split(|glyph| glyph.character == '/') {
        if !keeps_path_word(&text_of(part)) {
            prose(part, keep, &mut marks);
        }
    }
    text.mark(marks, tokens);
    text
}

fn query(request: &ObservedRequest, keep: &Keep, tokens: &mut Tokens) -> Vec<(&'static str, Text)> {
    let mut query = Vec::new();
    for (name, value) in &request.query {
        let mut text = Text::new(value);
        if !keeps_parameter(name, value) {
            let mut marks = Vec::new();
            structure::string(&text.glyphs(), name, keep, 0, &mut marks);
            text.mark(marks, tokens);
        }
        query.push((*name, text));
    }
    query
}

fn headers(headers: &[(Text, Text)], stand_ins: &StandIns) -> String {
    let lines: Vec<String> = headers
        .iter()
        .map(|(name, value)| {
            let name = name.replaced(stand_ins);
            json::string(&format!("{name}: {}", value.replaced(stand_ins)))
        })
        .collect();
    json::list(&lines)
}

fn signing(signing: &ObservedSigning, clock_off_by: Option<i64>) -> String {
    let precision = match signing.timestamp_precision {
        TimestampPrecision::Milliseconds => "milliseconds",
        TimestampPrecision::Seconds => "seconds",
    };
    Object::default()
        .with("timestamp_precision", &json::string(precision))
        .with(
            "signed_headers",
            &json::string(&signing.signed_headers.to_string()),
        )
        .with("clock_off_by_s", &json::number(clock_off_by))
        .end()
}

/// Names a failure. Its text may contain anything.
fn failure(kind: &TransportKind) -> &'static str {
    match kind {
        TransportKind::Connect(_) => "connect",
        TransportKind::ProxyConnect(_) => "proxy_connect",
        TransportKind::ProxyRefused(_) => "proxy_refused",
        TransportKind::ProxyLogin => "proxy_login",
        TransportKind::Tls(failure) => tls_failure(failure),
        TransportKind::ConnectTimeout => "connect_timeout",
        TransportKind::Timeout => "timeout",
        TransportKind::Reset(_) => "reset",
        TransportKind::CutShort => "cut_short",
        TransportKind::NotHttp(_) => "not_http",
        TransportKind::Request(_) => "request",
    }
}

fn tls_failure(failure: &TlsFailure) -> &'static str {
    match failure {
        TlsFailure::UnknownIssuer => "tls_unknown_issuer",
        TlsFailure::AuthorityAsServer => "tls_authority_as_server",
        TlsFailure::Expired => "tls_expired",
        TlsFailure::NotValidYet => "tls_not_valid_yet",
        TlsFailure::WrongName => "tls_wrong_name",
        TlsFailure::Revoked => "tls_revoked",
        TlsFailure::ClientCertificate(_) => "tls_client_certificate",
        TlsFailure::HandshakeRefused => "tls_handshake_refused",
        TlsFailure::Incompatible(_) => "tls_incompatible",
        TlsFailure::NotTls => "tls_not_tls",
        TlsFailure::BadCertificate(_) => "tls_bad_certificate",
        TlsFailure::Other(_) => "tls_other",
    }
}
