//! Durations as Go writes them, such as `90s`, `1.5h` and `1h30m`: the form that users of Terraform know.

use std::time::Duration;

/// The units from the longest to the shortest, with their length in nanoseconds.
const UNITS: [(&str, u128); 6] = [
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// The longest duration of Go, about 292 years.
const LONGEST: u128 = i64::MAX as u128;

/// The digits of a fraction that count; an hour has fewer in nanoseconds.
const FRACTION_DIGITS: usize = 18;

/// Parses numbers with units, each of which may have a fraction. Returns `None` if the text is not such
/// a duration, is negative, or is longer than Go's longest.
///
/// ```
/// use std::time::Duration;
/// use tfplugin::duration::parse;
///
/// assert_eq!(parse("1.5h"), Some(Duration::from_secs(5_400)));
/// assert_eq!(parse("1h30m"), parse("90m"));
/// assert_eq!(parse("90"), None);
/// ```
pub fn parse(text: &str) -> Option<Duration> {
    let text = text.strip_prefix('+').unwrap_or(text);
    if text.is_empty() {
        return None;
    }
    // The only number without a unit.
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut total: u128 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = leading_part(rest)?;
        total = total.checked_add(part)?;
        rest = after;
    }
    let total = i64::try_from(total).ok()?;
    Some(Duration::from_nanos(total.unsigned_abs()))
}

/// Writes a duration in whole units, such as `1h30m` or `250ms`. [`parse`] reads it back.
pub fn format(duration: Duration) -> String {
    let mut left = duration.as_nanos();
    let mut text = String::new();
    for (unit, nanoseconds) in UNITS {
        let count = left / nanoseconds;
        left %= nanoseconds;
        if count > 0 {
            text += &format!("{count}{unit}");
        }
    }
    if text.is_empty() {
        text += "0s";
    }
    text
}

/// Returns the first number with its unit, in nanoseconds, and the text after it.
fn leading_part(text: &str) -> Option<(u128, &str)> {
    let (whole, rest) = leading_digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => leading_digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let end = rest.find(|c: char| c == '.' || c.is_ascii_digit());
    let (unit, rest) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    // The micro sign, and the Greek letter that looks the same.
    let unit = if matches!(unit, "\u{b5}s" | "\u{3bc}s") {
        "us"
    } else {
        unit
    };
    let (_, nanoseconds) = UNITS.into_iter().find(|(name, _)| *name == unit)?;

    let whole: u128 = match whole.trim_start_matches('0') {
        "" => 0,
        digits => digits.parse().ok()?,
    };
    let fraction = fraction.get(..FRACTION_DIGITS).unwrap_or(fraction);
    let scale = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    let fraction: u128 = match fraction {
        "" => 0,
        digits => digits.parse().ok()?,
    };
    let part = whole.checked_mul(nanoseconds)?;
    let part = part.checked_add(fraction * nanoseconds / scale)?;
    (part <= LONGEST).then_some((part, rest))
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_go() {
        for (text, nanoseconds) in [
            ("0", 0),
            ("+0", 0),
            ("0s", 0),
            ("5s", 5_000_000_000),
            ("+5s", 5_000_000_000),
            ("1478s", 1_478_000_000_000),
            ("5.0s", 5_000_000_000),
            ("5.6s", 5_600_000_000),
            ("5.s", 5_000_000_000),
            (".5s", 500_000_000),
            ("1.004s", 1_004_000_000),
            ("1.00400000000000000000000000s", 1_004_000_000),
            ("10ns", 10),
            ("11us", 11_000),
            ("12\u{b5}s", 12_000),
            ("12\u{3bc}s", 12_000),
            ("13ms", 13_000_000),
            ("1.5h", 5_400_000_000_000),
            ("3h30m", 12_600_000_000_000),
            ("10.5s4m", 250_500_000_000),
            ("1h2m3s4ms5us6ns", 3_723_004_005_006),
            ("0.3333333333333333333h", 1_199_999_999_999),
            ("9007199254740993ns", 9_007_199_254_740_993),
            ("9223372036854775807ns", 9_223_372_036_854_775_807),
            ("9223372036s854ms775us807ns", 9_223_372_036_854_775_807),
        ] {
            assert_eq!(
                parse(text),
                Some(Duration::from_nanos(nanoseconds)),
                "{text}"
            );
        }
    }

    #[test]
    fn other_texts_are_no_durations() {
        for text in [
            "",
            "3",
            "-",
            "+",
            "-1m",
            "s",
            ".",
            "-.",
            ".s",
            "+.s",
            "1d",
            "1 h",
            "1h 30m",
            " 1h",
            "1h30",
            "1H",
            "1.5.5h",
            "1e3s",
            "\u{b5}s",
            "9223372036854775808ns",
            "9223372036854ms776us",
            "3000000h",
            "99999999999999999999999999999999999999999h",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_duration_is_written_in_whole_units() {
        for (duration, text) in [
            (Duration::ZERO, "0s"),
            (Duration::from_secs(90), "1m30s"),
            (Duration::from_secs(300), "5m"),
            (Duration::from_secs(90_000), "25h"),
            (Duration::from_millis(1_250), "1s250ms"),
            (Duration::from_nanos(1_001), "1us1ns"),
        ] {
            assert_eq!(format(duration), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(nanoseconds in 0..=i64::MAX.unsigned_abs()) {
            let duration = Duration::from_nanos(nanoseconds);
            prop_assert_eq!(parse(&format(duration)), Some(duration));
        }

        #[test]
        fn a_fraction_is_that_part_of_the_unit(
            whole in 0_u64..1_000,
            places in 1_usize..=9,
            fraction in 0_u64..1_000_000_000,
            unit in 0..UNITS.len(),
        ) {
            let scale = 10_u64.pow(places as u32);
            let fraction = fraction % scale;
            let (unit, nanoseconds) = UNITS[unit];
            let text = format!("{whole}.{fraction:0places$}{unit}");
            let exact = u128::from(whole * scale + fraction) * nanoseconds / u128::from(scale);
            prop_assert_eq!(parse(&text).map(|parsed| parsed.as_nanos()), Some(exact), "{}", text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[+-]?([0-9]{0,22}(\\.[0-9]{0,22})?(h|m|s|ms|us|\u{b5}s|ns|d)?){0,4}") {
            if let Some(duration) = parse(&text) {
                prop_assert!(duration.as_nanos() <= LONGEST);
            }
        }
    }
}
