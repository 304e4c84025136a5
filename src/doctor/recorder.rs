//! Keeps every exchange with the server.

use std::sync::{Arc, Mutex, PoisonError};

use isales_client::observer::{Exchange, ExchangeObserver, ExchangeOutcome};

/// Keeps every exchange with the server, in the order in which they ended.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    exchanges: Mutex<Vec<Arc<Exchange>>>,
}

// === impl Recorder ===

impl Recorder {
    /// Returns the number of exchanges so far: a mark for [`since`](Self::since).
    pub(super) fn mark(&self) -> usize {
        self.with(|exchanges| exchanges.len())
    }

    /// Returns the exchanges since a mark.
    pub(super) fn since(&self, mark: usize) -> Vec<Arc<Exchange>> {
        self.with(|exchanges| exchanges.get(mark..).unwrap_or_default().to_vec())
    }

    /// Returns all exchanges.
    pub(super) fn all(&self) -> Vec<Arc<Exchange>> {
        self.since(0)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<Arc<Exchange>>) -> T) -> T {
        let mut exchanges = self
            .exchanges
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        work(&mut exchanges)
    }
}

impl ExchangeObserver for Recorder {
    fn observe(&self, exchange: Exchange) {
        self.with(|exchanges| exchanges.push(Arc::new(exchange)));
    }
}

/// Passes on only the replies that refuse a request because others are open, to a recorder that would be
/// flooded by a measurement.
#[derive(Debug)]
pub(super) struct RefusalRecorder(pub(super) Arc<Recorder>);

// === impl RefusalRecorder ===

impl ExchangeObserver for RefusalRecorder {
    fn observe(&self, exchange: Exchange) {
        const TOO_FAST: &str = "0200022";

        let is_refusal = match &exchange.outcome {
            ExchangeOutcome::Replied(reply) => {
                let names_code = || {
                    reply
                        .text()
                        .is_some_and(|body| body.text.contains(TOO_FAST))
                };
                matches!(reply.status, 429 | 503) || (reply.status == 200 && names_code())
            }
            _ => false,
        };
        if is_refusal {
            self.0.observe(exchange);
        }
    }
}
