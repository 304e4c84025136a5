//! Times and limits of a recorded server.

use std::time::Duration;

use super::{
    Limit,
    file::{RecordedExchange, Recording},
    replay::is_passing,
};
use crate::{
    api::{Refusal, ResultCode},
    http::Reply,
};

/// Returns the usual time between a request and its reply.
pub(crate) fn latency(exchanges: &[RecordedExchange]) -> Option<Duration> {
    let answered = exchanges.iter().filter(|exchange| exchange.reply.is_some());
    let mut times: Vec<Duration> = answered.map(|exchange| exchange.took).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

/// Returns how far a timestamp may be off, from a difference that the server accepted and one that it
/// refused, in seconds.
pub(crate) fn clock_skew(accepted: Option<u64>, refused: Option<u64>) -> Option<Duration> {
    /// Signatures with a smaller difference are refused for other reasons.
    const NOTABLE: u64 = 60;

    let accepted = accepted.unwrap_or(0);
    match refused.filter(|refused| *refused > NOTABLE && *refused > accepted) {
        Some(refused) => Some(Duration::from_secs(accepted.midpoint(refused))),
        None if accepted > NOTABLE => Some(Duration::from_secs(accepted.saturating_mul(2))),
        None => None,
    }
}

/// Returns how many requests at once the server takes, if it has refused any.
pub(crate) fn limit(recording: &Recording) -> Option<Limit> {
    let refused = recording
        .exchanges
        .iter()
        .filter_map(|exchange| exchange.reply.as_ref())
        .find(|reply| reply.status < 500 && is_passing(reply));
    let requests = recording
        .requests_at_once
        .or_else(|| refused.map(|_| most_at_once(&recording.exchanges)))?;
    let reply = match refused {
        Some(reply) => reply.to_reply(),
        None => Reply::json(200, Refusal::from(ResultCode::TooFast).to_json()),
    };
    Some(Limit {
        requests: requests.max(1),
        reply,
    })
}

/// Returns the greatest number of accepted requests that were open at the same time.
fn most_at_once(exchanges: &[RecordedExchange]) -> usize {
    let spans: Vec<(Duration, Duration)> = exchanges
        .iter()
        .filter(|exchange| {
            let reply = exchange.authorized_reply();
            reply.is_some_and(|reply| !is_passing(reply))
        })
        .map(|exchange| (exchange.at.saturating_sub(exchange.took), exchange.at))
        .collect();
    let open_at = |moment: Duration| {
        let open = |(from, until): &&(Duration, Duration)| *from <= moment && moment < *until;
        spans.iter().filter(open).count()
    };
    spans
        .iter()
        .map(|(from, _)| open_at(*from))
        .max()
        .unwrap_or(0)
}
