//! Reads integers in every form in which a server may write a number without a fraction. Java, for
//! one, prints integers that have gone through a map as `1.0`.

use serde_json::Value;

/// The digits of the largest 64-bit integer.
const MAX_DIGITS: usize = 19;

/// Returns the integer that a number or a string holds: `3`, `"3"`, `3.0`, `"+3"`, `30e-1`, but not `3.5`.
pub(crate) fn integer_of(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| parse(&number.to_string())),
        Value::String(text) => parse(text.trim()),
        _ => None,
    }
}

/// Reads a decimal without ever writing out its exponent, which may be as large as a server likes.
fn parse(text: &str) -> Option<i64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (mantissa, ""),
    };
    let digits = format!("{whole}{fraction}");
    if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let dropped = digits.len().checked_sub(significant.len())?;
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // Below zero there is a fraction left.
    let zeros = i64::from(exponent)
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(i64::try_from(dropped).ok()?)?;
    let zeros = usize::try_from(zeros).ok()?;
    if significant.len().saturating_add(zeros) > MAX_DIGITS {
        return None;
    }
    format!("{sign}{significant}{}", "0".repeat(zeros))
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<i64> {
        integer_of(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn a_number_without_a_fraction_is_an_integer() {
        for (json, integer) in [
            ("0", 0),
            ("-0", 0),
            ("0.0", 0),
            ("0e5", 0),
            ("1.0", 1),
            ("-1.0", -1),
            ("2e0", 2),
            ("3E+2", 300),
            ("30e-1", 3),
            ("1.50e1", 15),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808.0", i64::MIN),
            ("9.223372036854775807e18", i64::MAX),
            ("\"1.0\"", 1),
            ("\" 2 \"", 2),
            ("\"+3\"", 3),
            ("\"04\"", 4),
            ("\"5e0\"", 5),
        ] {
            assert_eq!(read(json), Some(integer), "{json}");
        }
    }

    #[test]
    fn fractions_and_other_text_are_refused() {
        for json in [
            "1.5",
            "1e-1",
            "15e-1",
            "1e19",
            "9223372036854775808",
            "1e999999999",
            "1e-999999999",
            "1e99999999999999999999",
            "\"\"",
            "\"1.\"",
            "\".5\"",
            "\"1,000\"",
            "\"0x10\"",
            "\"--1\"",
            "\"1 2\"",
            "\"NaN\"",
            "\"e1\"",
            "\"１\"",
            "true",
            "[1]",
            "null",
        ] {
            assert_eq!(read(json), None, "{json}");
        }
    }
}
