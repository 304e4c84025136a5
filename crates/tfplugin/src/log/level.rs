//! Terraform's log levels.

use log::{Level, LevelFilter};

/// Parses `TF_LOG` and similar variables. Without the variable nothing is logged. `JSON` and unknown
/// words mean everything, as in Terraform.
#[must_use]
pub fn level_filter(value: Option<&str>) -> LevelFilter {
    match value.map(str::to_ascii_uppercase).as_deref() {
        None | Some("" | "OFF") => LevelFilter::Off,
        Some("ERROR") => LevelFilter::Error,
        Some("WARN") => LevelFilter::Warn,
        Some("INFO") => LevelFilter::Info,
        Some("DEBUG") => LevelFilter::Debug,
        Some(_) => LevelFilter::Trace,
    }
}

/// Returns the level's name in hclog.
pub(super) fn hclog_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warn",
        Level::Info => "info",
        Level::Debug => "debug",
        Level::Trace => "trace",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_tf_log() {
        let cases = [
            (None, LevelFilter::Off),
            (Some("off"), LevelFilter::Off),
            (Some("error"), LevelFilter::Error),
            (Some("WARN"), LevelFilter::Warn),
            (Some("Info"), LevelFilter::Info),
            (Some("DEBUG"), LevelFilter::Debug),
            (Some("TRACE"), LevelFilter::Trace),
            (Some("JSON"), LevelFilter::Trace),
            (Some("1"), LevelFilter::Trace),
        ];
        for (value, level) in cases {
            assert_eq!(level_filter(value), level, "{value:?}");
        }
    }
}
