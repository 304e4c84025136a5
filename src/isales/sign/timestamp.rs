//! The time in a signature.

use std::{fmt, str::FromStr, time::SystemTime};

use time::{
    OffsetDateTime, format_description::StaticFormatDescription, macros::format_description,
};

use crate::isales::unknown_name::UnknownName;

/// How exact the time in a signature is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimestampPrecision {
    /// `2025-01-02T03:04:05.678Z`, as the current sample has it.
    #[default]
    Milliseconds,
    /// `2025-01-02T03:04:05Z`, as the older demo has it.
    Seconds,
}

/// The time of a signature, in UTC, as it is written in the `Authorization` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp(String);

// === impl Timestamp ===

impl Timestamp {
    /// Writes a moment with the precision wanted; what is finer is cut off.
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
        // All components of the format exist in every date and time, so this cannot fail; an
        // empty time would be refused by the server.
        Self(
            OffsetDateTime::from(moment)
                .format(format)
                .unwrap_or_default(),
        )
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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
}
