//! Queries that show a POST only some time after it.

use std::time::{Duration, Instant};

use super::model::StoredPolicy;

/// What a campaign's recent POSTs replaced, oldest first. It belongs to the campaign.
#[derive(Clone, Debug, Default)]
pub(super) struct History(Vec<Replaced>);

/// What a POST replaced.
#[derive(Clone, Debug)]
struct Replaced {
    at: Instant,
    /// The lag at that time.
    lag: Duration,
    before: Option<StoredPolicy>,
}

// === impl History ===

impl History {
    /// Records a POST. The last one always stays, for scripts that ask for a stale reply.
    pub(super) fn record(&mut self, lag: Duration, before: Option<StoredPolicy>) {
        self.0.retain(|replaced| replaced.is_shown(lag));
        self.0.push(Replaced {
            at: Instant::now(),
            lag,
            before,
        });
    }

    /// Returns what a query shows in place of the present policy, if `lag` is that of the server
    /// now: what the oldest POST replaced that does not show yet. Like a replica, it shows each
    /// policy for as long as it was in force.
    pub(super) fn shown(&self, lag: Duration) -> Option<Option<&StoredPolicy>> {
        self.0
            .iter()
            .find(|replaced| replaced.is_shown(lag))
            .map(|replaced| replaced.before.as_ref())
    }

    /// Returns what a query shows as if the last POST had not arrived yet.
    pub(super) fn stale(&self) -> Option<Option<&StoredPolicy>> {
        self.0.last().map(|replaced| replaced.before.as_ref())
    }
}

// === impl Replaced ===

impl Replaced {
    /// Returns whether queries still show what was replaced. A shorter lag than the one at the time
    /// of the POST makes it show earlier.
    fn is_shown(&self, lag: Duration) -> bool {
        self.at.elapsed() < self.lag.min(lag)
    }
}
