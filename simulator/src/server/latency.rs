//! Artificial delays.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How long the server takes to answer a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Latency {
    /// Milliseconds between the arrival of a request and its handling.
    pub before_ms: u64,
    /// Milliseconds between the handling of a request, which stores what it changes, and the
    /// reply.
    pub after_ms: u64,
}

// === impl Latency ===

impl Latency {
    /// Waits this long before handling a request.
    pub fn before(wait: Duration) -> Self {
        Self {
            before_ms: milliseconds(wait),
            after_ms: 0,
        }
    }

    /// Waits this long after handling a request and storing what it changes.
    pub fn after(wait: Duration) -> Self {
        Self {
            before_ms: 0,
            after_ms: milliseconds(wait),
        }
    }
}

fn milliseconds(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
