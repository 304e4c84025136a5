//! The difference between the server's clock and this machine's.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, SystemTime},
};

use crate::error::{ClockSkew, RefusedTime};

/// Smallest difference that can explain a refused signature, in seconds.
const NOTABLE: u64 = 60;

/// Maximum correction of the time in a signature, in seconds. A wrong time zone stays within a day;
/// beyond that, one of the clocks is broken, or the server wants signatures for a time of its choice.
const FURTHEST: u64 = 86_400;

/// The correction of this machine's clock for signatures, in seconds.
#[derive(Debug, Default)]
pub(crate) struct ClockOffset(AtomicI64);

// === impl ClockOffset ===

impl ClockOffset {
    pub(crate) fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Sets the correction. Returns the former one.
    pub(crate) fn replace(&self, seconds: i64) -> i64 {
        self.0.swap(seconds, Ordering::Relaxed)
    }

    /// Restores the former correction, unless another call has changed it since.
    pub(crate) fn restore(&self, current: i64, former: i64) {
        let _ = self
            .0
            .compare_exchange(current, former, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// Adds seconds to a time.
pub(crate) fn moved(moment: SystemTime, seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    let moved = if seconds < 0 {
        moment.checked_sub(by)
    } else {
        moment.checked_add(by)
    };
    moved.unwrap_or(moment)
}

/// Compares the server's clock with the time in a refused signature. `signed_offset` is the
/// correction used for that signature: another call may have changed the current one since.
pub(crate) fn refused_time(seconds_ahead: Option<i64>, signed_offset: i64) -> RefusedTime {
    let Some(seconds) = seconds_ahead else {
        return RefusedTime::Plausible;
    };
    let off_by = seconds.saturating_sub(signed_offset);
    if off_by.unsigned_abs() <= NOTABLE {
        match signed_offset {
            0 => RefusedTime::Plausible,
            _ => RefusedTime::Corrected(skew(seconds)),
        }
    } else if seconds.unsigned_abs() > FURTHEST {
        RefusedTime::TooFarOff(skew(seconds))
    } else {
        RefusedTime::Off(skew(off_by))
    }
}

fn skew(seconds_ahead: i64) -> ClockSkew {
    let by = Duration::from_secs(seconds_ahead.unsigned_abs());
    match seconds_ahead {
        0.. => ClockSkew::ServerAhead(by),
        _ => ClockSkew::ServerBehind(by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_the_refused_signature_is_compared_with_the_servers() {
        let ahead = |seconds| ClockSkew::ServerAhead(Duration::from_secs(seconds));
        let behind = |seconds| ClockSkew::ServerBehind(Duration::from_secs(seconds));
        for (seconds_ahead, signed_offset, expected) in [
            (Some(7000), 0, RefusedTime::Off(ahead(7000))),
            (Some(-7000), 0, RefusedTime::Off(behind(7000))),
            (Some(0), 7000, RefusedTime::Off(behind(7000))),
            (Some(7000), 6990, RefusedTime::Corrected(ahead(7000))),
            (Some(60), 0, RefusedTime::Plausible),
            (None, 7000, RefusedTime::Plausible),
            (Some(86_400), 0, RefusedTime::Off(ahead(86_400))),
            (Some(86_401), 0, RefusedTime::TooFarOff(ahead(86_401))),
            (
                Some(-86_401),
                86_400,
                RefusedTime::TooFarOff(behind(86_401)),
            ),
            (
                Some(i64::MIN),
                i64::MAX,
                RefusedTime::TooFarOff(behind(1 << 63)),
            ),
        ] {
            assert_eq!(
                refused_time(seconds_ahead, signed_offset),
                expected,
                "{seconds_ahead:?} {signed_offset}"
            );
        }
    }

    #[test]
    fn an_offset_is_restored_unless_it_has_changed() {
        let offset = ClockOffset::default();
        assert_eq!(offset.replace(7000), 0);
        offset.restore(7001, 0);
        assert_eq!(offset.get(), 7000);
        // Another call has put the same one there before.
        assert_eq!(offset.replace(7000), 7000);
        offset.restore(7000, 7000);
        assert_eq!(offset.get(), 7000);
        offset.restore(7000, 3);
        assert_eq!(offset.get(), 3);
    }
}
