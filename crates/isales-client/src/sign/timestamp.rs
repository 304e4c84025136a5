//! The time in a signature.

use std::{
    fmt,
    str::FromStr,
    time::{SystemTime, UNIX_EPOCH},
};

use time::{
    OffsetDateTime,
    format_description::StaticFormatDescription,
    macros::{datetime, format_description},
};

use crate::unknown_name::UnknownName;

/// The precision of the time in a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimestampPrecision {
    /// `2025-01-02T03:04:05.678Z`, as in the current sample.
    #[default]
    Milliseconds,
    /// `2025-01-02T03:04:05Z`, as in the older demo.
    Seconds,
}

/// The time of a signature, in UTC, as written in the `Authorization` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp(String);

// === impl Timestamp ===

impl Timestamp {
    /// Formats a time, truncated to the precision. A time whose year does not have four digits
    /// becomes the nearest one whose year does.
    #[must_use]
    pub fn new(moment: SystemTime, precision: TimestampPrecision) -> Self {
        const SECONDS: StaticFormatDescription =
            format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        const MILLISECONDS: StaticFormatDescription = format_description!(
            "[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z"
        );
        let format = match precision {
            TimestampPrecision::Milliseconds => MILLISECONDS,
            TimestampPrecision::Seconds => SECONDS,
        };
        // Every date and time has all components of the format, so this cannot fail; the server
        // would refuse an empty time.
        Self(date_time(moment).format(format).unwrap_or_default())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Converts a time. The time library's own conversion panics outside its range of years.
fn date_time(moment: SystemTime) -> OffsetDateTime {
    const FIRST: OffsetDateTime = datetime!(0000-01-01 00:00:00 UTC);
    const LAST: OffsetDateTime = datetime!(9999-12-31 23:59:59.999_999_999 UTC);
    let (since_epoch, nearest) = match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => (i128::try_from(after.as_nanos()), LAST),
        Err(before) => (
            i128::try_from(before.duration().as_nanos()).map(i128::saturating_neg),
            FIRST,
        ),
    };
    since_epoch
        .ok()
        .and_then(|nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos).ok())
        .unwrap_or(nearest)
        .clamp(FIRST, LAST)
}

// === impl TimestampPrecision ===

impl FromStr for TimestampPrecision {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name {
            "milliseconds" => Ok(Self::Milliseconds),
            "seconds" => Ok(Self::Seconds),
            _ => Err(UnknownName::new("milliseconds or seconds", name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_and_cut_off() {
        let moment = UNIX_EPOCH + Duration::from_micros(1_735_787_045_000_999);
        let write = |precision| Timestamp::new(moment, precision).to_string();
        assert_eq!(write(TimestampPrecision::Seconds), "2025-01-02T03:04:05Z");
        assert_eq!(
            write(TimestampPrecision::Milliseconds),
            "2025-01-02T03:04:05.000Z"
        );
    }

    #[test]
    fn a_moment_beyond_the_years_of_four_digits_is_moved_to_the_nearest() {
        const CENTURIES: Duration = Duration::from_secs(10_000 * 366 * 86_400);
        let write = |moment| Timestamp::new(moment, TimestampPrecision::Milliseconds).to_string();
        if let Some(after) = UNIX_EPOCH.checked_add(CENTURIES) {
            assert_eq!(write(after), "9999-12-31T23:59:59.999Z");
        }
        if let Some(before) = UNIX_EPOCH.checked_sub(CENTURIES) {
            assert_eq!(write(before), "0000-01-01T00:00:00.000Z");
        }
    }
}
