//! Counters of requests, connections, replies and faults.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

/// Counters since the start or the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// Requests whose headers have arrived.
    pub requests: u64,
    /// TLS connections established.
    pub connections: u64,
    /// Maximum number of requests open at the same time.
    pub max_concurrent: usize,
    /// Maximum number of requests received within any one second.
    pub max_per_second: usize,
    /// Replies by status.
    pub by_status: BTreeMap<u16, u64>,
    /// Accepted retry policies that changed a campaign.
    pub policies_changed: u64,
    /// Accepted retry policies equivalent to the one that the campaign already had.
    pub policies_repeated: u64,
    /// Call batches created over the API.
    pub call_batches_created: u64,
    /// Injected faults by name.
    pub faults: BTreeMap<String, u64>,
}

/// Open requests, and arrivals within the last second.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    open: usize,
    recent: VecDeque<Instant>,
}

// === impl Traffic ===

impl Traffic {
    pub(crate) fn enter(&mut self, now: Instant, counters: &mut Counters) {
        self.open += 1;
        self.recent.push_back(now);
        while self
            .recent
            .front()
            .is_some_and(|first| now - *first >= Duration::from_secs(1))
        {
            self.recent.pop_front();
        }
        counters.requests += 1;
        counters.max_concurrent = counters.max_concurrent.max(self.open);
        counters.max_per_second = counters.max_per_second.max(self.recent.len());
    }

    /// Returns the number of open requests.
    pub(crate) fn open(&self) -> usize {
        self.open
    }

    pub(crate) fn leave(&mut self) {
        self.open = self.open.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maxima_are_taken_over_every_second_and_every_moment() {
        let (mut traffic, mut counters) = (Traffic::default(), Counters::default());
        let start = Instant::now();
        for milliseconds in [0, 400, 900, 1000, 1300, 2500] {
            traffic.enter(start + Duration::from_millis(milliseconds), &mut counters);
            if milliseconds != 400 {
                traffic.leave();
            }
        }
        assert_eq!((counters.requests, counters.max_concurrent), (6, 2));
        // 400, 900, 1000 and 1300 are within one second.
        assert_eq!(counters.max_per_second, 4);
    }
}
