//! Forms of values: what a stand-in has in common with the value.

use std::ops::RangeInclusive;

use fastrand::Rng;
use time::{
    Date, Duration, OffsetDateTime, Time,
    format_description::StaticFormatDescription,
    macros::{date, format_description},
};

use super::character::Kind;

/// The form of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A word: the kind of each character, or the character itself if it is kept.
    Word(Vec<Result<Kind, char>>),
    /// A whole number without leading zeros that is within the range.
    Number(RangeInclusive<u64>),
    /// `yyyy-MM-dd`.
    Date,
    /// `MM-dd`.
    MonthDay,
    /// `HH:mm:ss`.
    Time,
    /// `HH:mm`.
    HourMinute,
    /// The date of HTTP headers, such as `Thu, 02 Jan 2025 03:04:05 GMT`.
    HttpDate,
}

/// Bounds that numbers stay within: days of a week, and the integers of 32 and 64 bits.
const BOUNDS: [u64; 3] = [7, i32::MAX as u64, i64::MAX as u64];

/// The days from the first to the last stand-in for a date.
const FIRST_DAY: Date = date!(2000 - 01 - 01);
const DAYS: u64 = 36_500;
const DAYS_OF_YEAR: u64 = 365;
const SECONDS_OF_DAY: u64 = 86_400;
const MINUTES_OF_DAY: u64 = 1440;

const DATE: StaticFormatDescription = format_description!("[year]-[month]-[day]");
const MONTH_DAY: StaticFormatDescription = format_description!("[month]-[day]");
const TIME: StaticFormatDescription = format_description!("[hour]:[minute]:[second]");
const HOUR_MINUTE: StaticFormatDescription = format_description!("[hour]:[minute]");
const HTTP_DATE: StaticFormatDescription = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
);

// === impl Form ===

impl Form {
    /// Returns the form of a run of characters. One of digits only has no leading zero.
    pub(super) fn of_word(word: &str) -> Self {
        if word.bytes().all(|byte| byte.is_ascii_digit())
            && let Ok(number) = word.parse::<u64>()
        {
            return Self::Number(range_of(number));
        }
        let kinds = word
            .chars()
            .map(|character| Kind::of(character).ok_or(character));
        Self::Word(kinds.collect())
    }

    /// Returns the number of values of the form, if it is small enough to matter.
    pub(super) fn size(&self) -> Option<u64> {
        match self {
            Self::Word(kinds) => {
                kinds
                    .iter()
                    .filter_map(|kind| kind.ok())
                    .try_fold(1_u64, |size, kind| {
                        let size = size.saturating_mul(kind.characters().count() as u64);
                        (size < 1 << 32).then_some(size)
                    })
            }
            Self::Number(range) => Some((range.end() - range.start()).saturating_add(1)),
            Self::Date => Some(DAYS),
            Self::MonthDay => Some(DAYS_OF_YEAR),
            Self::Time => Some(SECONDS_OF_DAY),
            Self::HourMinute => Some(MINUTES_OF_DAY),
            Self::HttpDate => None,
        }
    }

    /// Returns a random value of the form.
    pub(super) fn random(&self, rng: &mut Rng) -> String {
        match self {
            Self::Word(kinds) => {
                let mut word: String = kinds
                    .iter()
                    .map(|kind| kind.map_or_else(|kept| kept, |kind| kind.random(rng)))
                    .collect();
                // A number too long for the other form keeps its first digit from being zero.
                if kinds.iter().all(|kind| *kind == Ok(Kind::DIGIT)) && word.starts_with('0') {
                    word.replace_range(..1, "1");
                }
                word
            }
            Self::Number(range) => rng.u64(range.clone()).to_string(),
            Self::Date => nth_date(rng.u64(..DAYS), DATE),
            Self::MonthDay => nth_date(rng.u64(..DAYS_OF_YEAR) + DAYS_OF_YEAR + 1, MONTH_DAY),
            Self::Time => nth_time(rng.u64(..SECONDS_OF_DAY), TIME),
            Self::HourMinute => nth_time(rng.u64(..MINUTES_OF_DAY) * 60, HOUR_MINUTE),
            Self::HttpDate => {
                let seconds = rng.u64(..DAYS * SECONDS_OF_DAY);
                let moment = FIRST_DAY.midnight().assume_utc() + seconds_of(seconds);
                http_date(moment)
            }
        }
    }

    /// Returns all values of a form that has few.
    pub(super) fn all(&self) -> Vec<String> {
        match self {
            Self::Word(kinds) => kinds.iter().fold(vec![String::new()], |words, kind| {
                let characters: Vec<char> = match kind {
                    Ok(kind) => kind.characters().collect(),
                    Err(kept) => vec![*kept],
                };
                let with_each = |word: String| {
                    let characters = characters.clone().into_iter();
                    characters.map(move |character| format!("{word}{character}"))
                };
                words.into_iter().flat_map(with_each).collect()
            }),
            Self::Number(range) => range.clone().map(|number| number.to_string()).collect(),
            Self::Date => (0..DAYS).map(|day| nth_date(day, DATE)).collect(),
            // Those of a leap year.
            Self::MonthDay => (0..=DAYS_OF_YEAR)
                .map(|day| nth_date(day, MONTH_DAY))
                .collect(),
            Self::Time => (0..SECONDS_OF_DAY)
                .map(|second| nth_time(second, TIME))
                .collect(),
            Self::HourMinute => (0..MINUTES_OF_DAY)
                .map(|minute| nth_time(minute * 60, HOUR_MINUTE))
                .collect(),
            Self::HttpDate => Vec::new(),
        }
    }
}

/// Returns the numbers with as many digits and on the same side of every bound.
fn range_of(number: u64) -> RangeInclusive<u64> {
    let digits = number.checked_ilog10().unwrap_or(0);
    let first = 10_u64.saturating_pow(digits);
    let last = first.saturating_mul(10).saturating_sub(1);
    let first = BOUNDS
        .iter()
        .filter(|bound| **bound < number)
        .fold(first, |first, bound| first.max(bound + 1));
    let last = BOUNDS
        .iter()
        .filter(|bound| **bound >= number)
        .fold(last, |last, bound| last.min(*bound));
    first..=last
}

fn nth_date(day: u64, format: StaticFormatDescription) -> String {
    let days = Duration::days(i64::try_from(day).unwrap_or(0));
    // Every date has all components of the formats.
    (FIRST_DAY + days).format(format).unwrap_or_default()
}

fn nth_time(second: u64, format: StaticFormatDescription) -> String {
    (Time::MIDNIGHT + seconds_of(second))
        .format(format)
        .unwrap_or_default()
}

fn seconds_of(seconds: u64) -> Duration {
    Duration::seconds(i64::try_from(seconds).unwrap_or(0))
}

fn http_date(moment: OffsetDateTime) -> String {
    moment.format(HTTP_DATE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_number_stays_among_the_integers_that_it_is_one_of() {
        for (number, first, last) in [
            (1, 1, 7),
            (8, 8, 9),
            (25, 10, 99),
            (9999, 1000, 9999),
            (2_147_483_647, 1_000_000_000, 2_147_483_647),
            (2_147_483_648, 2_147_483_648, 9_999_999_999),
            (i64::MAX as u64, 1_000_000_000_000_000_000, i64::MAX as u64),
        ] {
            assert_eq!(range_of(number), first..=last, "{number}");
        }
    }

    #[test]
    fn a_random_value_is_of_the_form() {
        let mut rng = Rng::with_seed(3);
        for form in [Form::MonthDay, Form::HourMinute, Form::Date, Form::Time] {
            let all: HashSet<String> = form.all().into_iter().collect();
            for _ in 0..200 {
                let random = form.random(&mut rng);
                assert!(all.contains(&random), "{random}");
            }
        }
        let long = "174712034211433247704877116507";
        for _ in 0..50 {
            let random = Form::of_word(long).random(&mut rng);
            assert_eq!(random.len(), long.len());
            assert!(!random.starts_with('0'));
        }
    }

    #[test]
    fn a_date_of_a_header_is_one() {
        let mut rng = Rng::with_seed(3);
        let date = Form::HttpDate.random(&mut rng);
        assert_eq!(date.len(), "Thu, 02 Jan 2025 03:04:05 GMT".len(), "{date}");
        let moment = time::macros::datetime!(2025-01-02 03:04:05 UTC);
        assert_eq!(http_date(moment), "Thu, 02 Jan 2025 03:04:05 GMT");
    }
}
