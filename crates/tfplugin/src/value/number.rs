//! Numbers: exact decimals of any size.

use std::{borrow::Cow, cmp::Ordering, fmt, str::FromStr};

use thiserror::Error;

/// The maximum number of digits before or after the point. No real number comes near. Zeros at
/// either end do not count.
pub(crate) const MAX_PLACES: i64 = 10_000;

/// An exact decimal number. Equal numbers are equal values, however they were written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    /// Every integer that fits.
    Int(i64),
    /// All other numbers: `digits` × 10^`exponent`, digits without zeros at either end.
    Decimal {
        negative: bool,
        exponent: i64,
        digits: Box<str>,
    },
}

/// The error of text or a float that is not a usable number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberError {
    /// The text is not a decimal number.
    #[error("not a decimal number")]
    Syntax,
    /// The number is infinite, not a number, or has too many digits.
    #[error("a number out of range")]
    Range,
}

// === impl Number ===

impl Number {
    /// Returns the number as a 64-bit integer, if it is one.
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Int(value) => Some(value),
            Repr::Decimal { .. } => None,
        }
    }

    /// Returns the number as an unsigned 64-bit integer, if it is one.
    pub fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Int(value) => u64::try_from(*value).ok(),
            Repr::Decimal {
                negative: false,
                exponent: 0..=20,
                ..
            } => self.to_string().parse().ok(),
            Repr::Decimal { .. } => None,
        }
    }

    /// Converts a float by its exact value.
    ///
    /// # Errors
    /// The float is infinite or not a number.
    pub fn from_f64(value: f64) -> Result<Self, NumberError> {
        if !value.is_finite() {
            return Err(NumberError::Range);
        }
        format!("{value:.0$}", places(value)).parse()
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Int(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        match i64::try_from(value) {
            Ok(value) => Self(Repr::Int(value)),
            Err(_) => canonical(false, &value.to_string(), 0),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Parses `[+-]digits[.digits][e[+-]digits]`.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (negative, rest) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..).unwrap_or_default()),
            Some(b'+') => (false, text.get(1..).unwrap_or_default()),
            _ => (false, text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError::Syntax);
        }
        let places = i64::try_from(fraction.len()).map_err(|_| NumberError::Range)?;
        let number = canonical(negative, &digits, exponent.saturating_sub(places));
        if number.0.places() > MAX_PLACES {
            return Err(NumberError::Range);
        }
        Ok(number)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = match (&self.0, &other.0) {
            (Repr::Int(left), Repr::Int(right)) => return left.cmp(right),
            (left, right) => (left.parts(), right.parts()),
        };
        match (left.negative, right.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => left.cmp_magnitude(&right),
            (true, true) => right.cmp_magnitude(&left),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    /// Writes plain decimal notation, which cty reads back to the same number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (negative, exponent, digits) = match &self.0 {
            Repr::Int(value) => return value.fmt(f),
            Repr::Decimal {
                negative,
                exponent,
                digits,
            } => (*negative, *exponent, digits),
        };
        if negative {
            f.write_str("-")?;
        }
        let shift = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if exponent >= 0 {
            write!(f, "{digits}{}", "0".repeat(shift))
        } else if let Some((whole, fraction)) = digits
            .len()
            .checked_sub(shift)
            .filter(|at| *at > 0)
            .and_then(|at| digits.split_at_checked(at))
        {
            write!(f, "{whole}.{fraction}")
        } else {
            write!(f, "0.{}{digits}", "0".repeat(shift - digits.len()))
        }
    }
}

/// Returns the number of binary places after the point of a float. It has as many decimal ones, so
/// nothing is rounded when they are all written.
fn places(value: f64) -> usize {
    let bits = value.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match (bits >> 52) & 0x7ff {
        0 => (mantissa, -1074),
        exponent => (mantissa | (1 << 52), exponent as i32 - 1075),
    };
    match mantissa {
        0 => 0,
        _ => usize::try_from(-(exponent + mantissa.trailing_zeros() as i32)).unwrap_or(0),
    }
}

fn parse_exponent(text: &str) -> Result<i64, NumberError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::Syntax);
    }
    text.parse().map_err(|_| NumberError::Range)
}

fn canonical(negative: bool, digits: &str, exponent: i64) -> Number {
    let digits = digits.trim_start_matches('0');
    let trimmed = digits.trim_end_matches('0');
    if trimmed.is_empty() {
        return Number(Repr::Int(0));
    }
    let number = Number(Repr::Decimal {
        negative,
        exponent: exponent.saturating_add(length(digits) - length(trimmed)),
        digits: trimmed.into(),
    });
    // Nineteen digits are the most that fit; longer text need not be parsed.
    match &number.0 {
        Repr::Decimal { exponent, .. } if *exponent >= 0 && number.0.places() <= 19 => {
            match number.to_string().parse() {
                Ok(value) => Number(Repr::Int(value)),
                Err(_) => number,
            }
        }
        _ => number,
    }
}

fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

// === impl Repr ===

/// Sign, position of the first digit before the point, and digits without trailing zeros.
struct Parts<'a> {
    negative: bool,
    magnitude: i64,
    digits: Cow<'a, str>,
}

impl Repr {
    /// Returns the larger of the numbers of digits before and after the point.
    fn places(&self) -> i64 {
        match self {
            Self::Int(_) => 19,
            Self::Decimal {
                exponent, digits, ..
            } => {
                let left = exponent.saturating_add(length(digits));
                left.max(exponent.saturating_neg())
            }
        }
    }

    fn parts(&self) -> Parts<'_> {
        match self {
            Self::Int(value) => {
                let digits = value.unsigned_abs().to_string();
                Parts {
                    negative: *value < 0,
                    // Only negative numbers are smaller than zero.
                    magnitude: if *value == 0 {
                        i64::MIN
                    } else {
                        length(&digits)
                    },
                    digits: digits.trim_end_matches('0').to_owned().into(),
                }
            }
            Self::Decimal {
                negative,
                exponent,
                digits,
            } => Parts {
                negative: *negative,
                magnitude: exponent.saturating_add(length(digits)),
                digits: Cow::Borrowed(digits),
            },
        }
    }
}

// === impl Parts ===

impl Parts<'_> {
    fn cmp_magnitude(&self, other: &Self) -> Ordering {
        (self.magnitude, &self.digits).cmp(&(other.magnitude, &other.digits))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect("a number")
    }

    #[test]
    fn spellings_of_one_number_are_equal() {
        for (left, right) in [
            ("1", "1.000"),
            ("1", "+1e0"),
            ("100", "1e2"),
            ("0.5", "5e-1"),
            ("-0", "0"),
            ("00012.50", "12.5"),
            ("9223372036854775808", "9223372036854775808.0"),
        ] {
            assert_eq!(number(left), number(right), "{left} and {right}");
        }
        assert_ne!(
            number("9007199254740993"),
            number("9007199254740992"),
            "doubles would merge these"
        );
    }

    #[test]
    fn integers_of_64_bits_are_recognized() {
        assert_eq!(
            number("-9223372036854775808").to_i64(),
            Some(i64::MIN),
            "least"
        );
        assert_eq!(number("9223372036854775807").to_i64(), Some(i64::MAX));
        assert_eq!(number("9223372036854775808").to_i64(), None);
        assert_eq!(number("18446744073709551615").to_u64(), Some(u64::MAX));
        assert_eq!(number("18446744073709551616").to_u64(), None);
        assert_eq!(number("1.5").to_i64(), None);
    }

    #[test]
    fn floats_keep_their_exact_value() {
        assert_eq!(Number::from_f64(0.5), Ok(number("0.5")));
        assert_eq!(
            Number::from_f64(0.1).map(|exact| exact.to_string()),
            Ok("0.1000000000000000055511151231257827021181583404541015625".to_owned())
        );
        assert_eq!(Number::from_f64(f64::INFINITY), Err(NumberError::Range));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "-", ".", "1.2.3", "0x10", "1e", "1e+", "Inf", "1 ", "١"] {
            assert_eq!(text.parse::<Number>(), Err(NumberError::Syntax), "{text:?}");
        }
        for text in [
            "1e999999999",
            "1e99999999999999999999",
            "1e10000",
            "1e-10001",
            "1.5e-10000",
        ] {
            assert_eq!(text.parse::<Number>(), Err(NumberError::Range), "{text:?}");
        }
    }

    #[test]
    fn zeros_at_the_ends_are_no_places() {
        let zeros = "0".repeat(20_000);
        assert_eq!(number(&format!("1.{zeros}")), number("1"));
        assert_eq!(number(&format!("{zeros}1")), number("1"));
        assert_eq!(number(&format!("1{zeros}e-20000")), number("1"));
        assert_eq!(number(&format!("0.{zeros}1e20001")), number("1"));
        assert_eq!(number("0e-999999"), number("0"));
        assert_eq!(number("1e9999").to_string().len(), 10_000);
        assert_eq!(number("1e-10000").to_string().len(), 10_002);
    }

    #[test]
    fn the_order_is_that_of_numbers() {
        let sorted = [
            "-1e30",
            "-9223372036854775809",
            "-9223372036854775808",
            "-2",
            "-1.5",
            "-0.5",
            "-1e-9000",
            "0",
            "1e-9000",
            "0.05",
            "0.5",
            "0.51",
            "1",
            "1.5",
            "9",
            "10",
            "10.5",
            "100",
            "9223372036854775807",
            "9223372036854775808",
            "1e30",
        ];
        for (at, left) in sorted.iter().enumerate() {
            for (other, right) in sorted.iter().enumerate() {
                let order = number(left).cmp(&number(right));
                assert_eq!(order, at.cmp(&other), "{left} and {right}");
            }
        }
    }

    proptest! {
        #[test]
        fn display_reads_back(whole in any::<i128>(), exponent in -60_i32..60) {
            let exact = number(&format!("{whole}e{exponent}"));
            prop_assert_eq!(number(&exact.to_string()), exact);
        }

        #[test]
        fn every_finite_float_is_a_number(value in any::<f64>().prop_filter("finite", |v| v.is_finite())) {
            let exact = Number::from_f64(value).expect("finite");
            prop_assert_eq!(exact.to_string().parse::<f64>().expect("decimal"), value);
        }
    }
}
