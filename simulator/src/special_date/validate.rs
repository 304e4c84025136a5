//! Validates a special date: the table of cec_07_0740.

use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

use super::model::SpecialDate;
use crate::{
    api::{Fields, Refusal, ResultCode, empty, text, wrong_value},
    json::Node,
};

/// The members of a request, apart from [`ID`].
pub(super) const MEMBERS: [&str; 5] = ["name", "type", "week", "beginTime", "endTime"];
/// The member that only a modification has.
pub(super) const ID: &str = "id";

const MAX_NAME: usize = 30;
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Reads a special date. Members that its type does not have may be `null` or empty; with a value they
/// are refused \[I\].
pub(super) fn special_date(fields: &Fields<'_>) -> Result<SpecialDate, Refusal> {
    let name = fields.text("name")?;
    if name.chars().count() > MAX_NAME {
        let detail = format!("name may have {MAX_NAME} characters.");
        return Err(Refusal::new(ResultCode::TooLong, detail));
    }
    let date_type = fields.integer("type")?;
    let given = |name: &str| given(fields, name);
    let (week, begin_time, end_time) = (given("week")?, given("beginTime")?, given("endTime")?);
    match date_type {
        1 => {
            refuse("beginTime", begin_time.as_ref(), date_type)?;
            refuse("endTime", end_time.as_ref(), date_type)?;
            check_week(week.as_deref().ok_or_else(|| empty("week"))?)?;
        }
        2 | 3 => {
            refuse("week", week.as_ref(), date_type)?;
            let begin = time_of("beginTime", begin_time.as_deref(), date_type)?;
            let end = time_of("endTime", end_time.as_deref(), date_type)?;
            // A repeating date may go beyond the end of the year \[I\].
            if date_type == 2 && begin > end {
                let detail = "beginTime is after endTime.";
                return Err(Refusal::new(ResultCode::BadCombination, detail));
            }
        }
        _ => return Err(wrong_value("type", "1, 2 or 3")),
    }
    Ok(SpecialDate {
        name,
        date_type,
        week,
        begin_time,
        end_time,
    })
}

/// Returns a text that is neither missing nor empty.
fn given(fields: &Fields<'_>, name: &str) -> Result<Option<String>, Refusal> {
    match fields.get(name) {
        None => Ok(None),
        Some(Node::Text(text)) if text.is_empty() => Ok(None),
        Some(node) => text(name, node).map(Some),
    }
}

fn refuse(name: &str, value: Option<&String>, date_type: i64) -> Result<(), Refusal> {
    match value {
        None => Ok(()),
        Some(_) => {
            let detail = format!("type {date_type} has no {name}.");
            Err(Refusal::new(ResultCode::BadCombination, detail))
        }
    }
}

/// Checks that the days are from 1 to 7 and different.
fn check_week(week: &str) -> Result<(), Refusal> {
    let mut days: Vec<_> = week.split(',').collect();
    let is_day = |day: &&str| matches!(day.as_bytes(), [b'1'..=b'7']);
    let are_days = days.iter().all(is_day);
    days.sort_unstable();
    if are_days && days.windows(2).all(|pair| pair.first() != pair.last()) {
        return Ok(());
    }
    Err(wrong_value("week", "days from 1 to 7, separated by commas"))
}

/// Parses `yyyy-MM-dd`, or for repeating dates `MM-dd`, which February 29 is one of.
fn time_of(name: &str, text: Option<&str>, date_type: i64) -> Result<Date, Refusal> {
    let text = text.ok_or_else(|| empty(name))?;
    let (whole, length) = match date_type {
        2 => (text.to_owned(), "yyyy-MM-dd".len()),
        _ => (format!("2000-{text}"), "MM-dd".len()),
    };
    Date::parse(&whole, &DATE)
        .ok()
        .filter(|_| text.len() == length)
        .ok_or_else(|| Refusal::new(ResultCode::BadTimeFormat, format!("{name} is wrong.")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn code(body: serde_json::Value) -> Option<ResultCode> {
        let node = Node::from(body);
        let fields = Fields::new("The body", &node, &MEMBERS).unwrap();
        special_date(&fields).err().map(|refusal| refusal.code)
    }

    #[test]
    fn the_examples_of_the_pages_are_accepted() {
        for body in [
            json!({"name": "a", "type": 2, "week": null, "beginTime": "2018-09-22", "endTime": "2018-09-24"}),
            json!({"name": "a", "type": 1, "week": "5,7", "beginTime": null, "endTime": null}),
            json!({"name": "a", "type": 1, "week": "6", "beginTime": "", "endTime": ""}),
            json!({"name": "a", "type": 3, "beginTime": "02-29", "endTime": "02-29"}),
            json!({"name": "a", "type": 3, "beginTime": "12-30", "endTime": "01-02"}),
        ] {
            assert_eq!(code(body.clone()), None, "{body}");
        }
    }

    #[test]
    fn each_rule_has_its_code() {
        let long = "n".repeat(31);
        for (body, expected) in [
            (json!({"type": 1, "week": "1"}), ResultCode::Empty),
            (
                json!({"name": long, "type": 1, "week": "1"}),
                ResultCode::TooLong,
            ),
            (json!({"name": "a", "type": 4}), ResultCode::WrongValue),
            (
                json!({"name": "a", "type": "1", "week": "1"}),
                ResultCode::WrongType,
            ),
            (json!({"name": "a", "type": 1}), ResultCode::Empty),
            (
                json!({"name": "a", "type": 1, "week": "0"}),
                ResultCode::WrongValue,
            ),
            (
                json!({"name": "a", "type": 1, "week": "6,6"}),
                ResultCode::WrongValue,
            ),
            (
                json!({"name": "a", "type": 1, "week": "6", "endTime": "01-01"}),
                ResultCode::BadCombination,
            ),
            (
                json!({"name": "a", "type": 2, "beginTime": "2018-09-22"}),
                ResultCode::Empty,
            ),
            (
                json!({"name": "a", "type": 2, "beginTime": "2018-02-29", "endTime": "2018-03-01"}),
                ResultCode::BadTimeFormat,
            ),
            (
                json!({"name": "a", "type": 3, "beginTime": "2018-09-22", "endTime": "09-24"}),
                ResultCode::BadTimeFormat,
            ),
            (
                json!({"name": "a", "type": 2, "week": "1", "beginTime": "2018-09-22", "endTime": "2018-09-24"}),
                ResultCode::BadCombination,
            ),
            (
                json!({"name": "a", "type": 2, "beginTime": "2018-09-24", "endTime": "2018-09-22"}),
                ResultCode::BadCombination,
            ),
        ] {
            assert_eq!(code(body.clone()), Some(expected), "{body}");
        }
    }
}
