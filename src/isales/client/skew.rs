//! The difference between the server's clock and this machine's.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, SystemTime},
};

use crate::isales::error::ClockSkew;

/// A difference below this is no reason for a refused signature, in seconds.
const NOTABLE: u64 = 60;

/// What is added to this machine's clock before signing, in seconds.
#[derive(Debug, Default)]
pub(super) struct ClockOffset(AtomicI64);

// === impl ClockOffset ===

impl ClockOffset {
    pub(super) fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes over a difference that the server has shown.
    pub(super) fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::Relaxed);
    }
}

/// How far the server's clock is ahead of this machine's, in seconds; negative if it is behind.
pub(super) fn seconds_ahead(server: SystemTime, local: SystemTime) -> i64 {
    let seconds = |by: Duration| i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
    match server.duration_since(local) {
        Ok(ahead) => seconds(ahead),
        Err(behind) => -seconds(behind.duration()),
    }
}

/// The difference, if it is large enough to be the reason for a refused signature.
pub(super) fn notable(seconds_ahead: i64) -> Option<ClockSkew> {
    let by = Duration::from_secs(seconds_ahead.unsigned_abs());
    match seconds_ahead {
        ahead if ahead.unsigned_abs() <= NOTABLE => None,
        0.. => Some(ClockSkew::ServerAhead(by)),
        _ => Some(ClockSkew::ServerBehind(by)),
    }
}

/// Whether a signature made with one offset would come out otherwise with another.
pub(super) const fn differs(offset: i64, other: i64) -> bool {
    offset.abs_diff(other) > NOTABLE
}
