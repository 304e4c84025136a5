//! The special dates of a campaign.

use std::{collections::BTreeSet, fmt, ops::RangeInclusive};

use time::{Date, format_description::StaticFormatDescription, macros::format_description};

use super::id::SpecialDateId;
use crate::Error;

/// A special date, as a request sends it or a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpecialDate {
    /// `name`, unique in the campaign.
    pub name: String,
    /// `type`.
    pub date_type: DateType,
    /// `week`; null, empty and absent are equal.
    pub week: Week,
    /// `beginTime`; null, empty and absent are equal.
    pub begin_time: Option<String>,
    /// `endTime`; null, empty and absent are equal.
    pub end_time: Option<String>,
}

/// A special date in the list of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedDate {
    /// `id`.
    pub id: SpecialDateId,
    /// The other members.
    pub date: SpecialDate,
}

/// The special dates of a campaign.
#[derive(Clone, Debug, Default)]
pub struct ListedDates {
    /// Those that can be read, in the server's order.
    pub dates: Vec<ListedDate>,
    /// The problem of the first one that cannot be read. The others are not affected by it.
    pub unreadable: Option<Error>,
}

/// `type` of a special date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateType {
    /// 1: by week.
    Week,
    /// 2: by date.
    Date,
    /// 3: by date, repeating each year.
    RepeatingDate,
    /// A number that the API reference does not list.
    Other(i64),
}

/// `week` of a special date: days from 1, which is Monday, to 7. Displays as `6,7`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week(pub BTreeSet<i64>);

/// A day of the calendar. Repeating days are in the same leap year, so that they can be compared and
/// February 29 is one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

// === impl SpecialDate ===

impl SpecialDate {
    /// Maximum length of a name, in characters.
    pub const MAX_NAME: usize = 30;

    /// Maximum number of special dates of a campaign.
    pub const MAX_IN_CAMPAIGN: usize = 20;
}

// === impl ListedDates ===

impl ListedDates {
    /// Finds a special date by its ID.
    ///
    /// # Errors
    ///
    /// There is none among those that can be read, but another one cannot be read.
    pub fn by_id(&self, id: SpecialDateId) -> Result<Option<&ListedDate>, Error> {
        self.find(|listed| listed.id == id)
    }

    /// Finds a special date by its name, which is unique.
    ///
    /// # Errors
    ///
    /// There is none among those that can be read, but another one cannot be read.
    pub fn by_name(&self, name: &str) -> Result<Option<&ListedDate>, Error> {
        self.find(|listed| listed.date.name == name)
    }

    fn find(&self, is_it: impl Fn(&ListedDate) -> bool) -> Result<Option<&ListedDate>, Error> {
        let found = self.dates.iter().find(|listed| is_it(listed));
        match (found, &self.unreadable) {
            (None, Some(error)) => Err(error.clone()),
            (found, _) => Ok(found),
        }
    }
}

// === impl DateType ===

impl DateType {
    /// Returns the number that the API uses.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Week => 1,
            Self::Date => 2,
            Self::RepeatingDate => 3,
            Self::Other(number) => number,
        }
    }

    /// Returns the form of `beginTime` and `endTime`, if special dates of this type have them.
    #[must_use]
    pub const fn time_format(self) -> Option<&'static str> {
        match self {
            Self::Date => Some("yyyy-MM-dd"),
            Self::RepeatingDate => Some("MM-dd"),
            Self::Week | Self::Other(_) => None,
        }
    }

    /// Parses a `beginTime` or `endTime` of this type.
    #[must_use]
    pub fn parse_time(self, text: &str) -> Option<Day> {
        const FORMAT: StaticFormatDescription = format_description!("[year]-[month]-[day]");
        let date = match self {
            Self::Date => Date::parse(text, FORMAT),
            Self::RepeatingDate => Date::parse(&format!("2000-{text}"), FORMAT),
            Self::Week | Self::Other(_) => return None,
        };
        // The library also reads years with a sign.
        let has_length = self.time_format()?.len() == text.len();
        date.ok().filter(|_| has_length).map(Day)
    }
}

impl From<i64> for DateType {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Week,
            2 => Self::Date,
            3 => Self::RepeatingDate,
            other => Self::Other(other),
        }
    }
}

// === impl Week ===

impl Week {
    /// The days.
    pub const DAYS: RangeInclusive<i64> = 1..=7;

    /// Returns whether there are no days.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, day) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            day.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_times() {
        let parses = |date_type: DateType, text| date_type.parse_time(text).is_some();
        for text in ["2018-09-22", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert!(parses(DateType::Date, text), "{text}");
        }
        for text in [
            "",
            "2023-02-29",
            "2018-13-01",
            "2018-00-01",
            "2018-04-31",
            "2018-9-22",
            "18-09-22",
            "+2018-09-22",
            "-018-09-22",
            "2018/09/22",
            " 2018-09-2",
            "2018-09-22 ",
            "2018-09-22 00:00:00",
            "09-22",
            "２018-09-22",
        ] {
            assert!(!parses(DateType::Date, text), "{text}");
        }
        for text in ["02-29", "01-01", "12-31"] {
            assert!(parses(DateType::RepeatingDate, text), "{text}");
        }
        for text in ["02-30", "2018-09-22", "9-22", "13-01", "", "00-10"] {
            assert!(!parses(DateType::RepeatingDate, text), "{text}");
        }
        assert!(!parses(DateType::Week, "2018-09-22"));
    }

    #[test]
    fn days_are_in_the_order_of_the_calendar() {
        let day = |text| DateType::Date.parse_time(text).unwrap();
        assert!(day("2018-12-31") < day("2019-01-01"));
        let day = |text| DateType::RepeatingDate.parse_time(text).unwrap();
        assert!(day("02-28") < day("02-29") && day("02-29") < day("03-01"));
    }

    #[test]
    fn a_week_is_written_in_order() {
        assert_eq!(Week([7, 6, 1].into()).to_string(), "1,6,7");
        assert_eq!(Week::default().to_string(), "");
    }
}
