//! The rules of the API reference for the attributes of a special date.

use isales_client::{
    quoted,
    special_date::{DateType, Day, Week},
};
use tfplugin::{
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    path::AttributePath,
};

use super::model::SpecialDateModel;

/// Checks what is known of a special date. `type` decides which of the others it has.
pub(super) fn check(date: &SpecialDateModel) -> Diagnostics {
    let mut found = Diagnostics::new();
    found.extend(days_of_the_week(date));
    let Some(number) = date.r#type.known() else {
        return found;
    };
    let times = [
        ("begin_time", &date.begin_time),
        ("end_time", &date.end_time),
    ];
    match DateType::from(number) {
        DateType::Week => {
            found.extend(missing("week", number, date.week.is_null()));
            for (name, time) in times {
                found.extend(unsupported(name, number, time.is_null()));
            }
        }
        date_type @ (DateType::Date | DateType::RepeatingDate) => {
            found.extend(unsupported("week", number, date.week.is_null()));
            for (name, time) in times {
                found.extend(missing(name, number, time.is_null()));
                found.extend(wrong_time(name, time, date_type));
            }
            found.extend(reversed(date, date_type));
        }
        DateType::Other(_) => found.push(
            Diagnostic::error(
                "Unsupported Value",
                format!(
                    "type is {number}. Use 1 for days of the week, 2 for a date, or 3 for a date that \
                     repeats each year."
                ),
            )
            .at(AttributePath::attribute("type")),
        ),
    }
    found
}

/// Checks the days in `week`. Its elements have no paths, because it is a set.
fn days_of_the_week(date: &SpecialDateModel) -> Option<Diagnostic> {
    let days = date.week.as_ref().known()?;
    let at_week = |summary: &str, detail: String| {
        Some(Diagnostic::error(summary, detail).at(AttributePath::attribute("week")))
    };
    if days.iter().next().is_none() {
        let detail = "week has no days. Name at least one, from 1 (Monday) to 7 (Sunday), or omit the \
                      argument if type is not 1.";
        return at_week("Empty List", detail.to_owned());
    }
    if days.iter().any(Attr::is_null) {
        let detail = "week contains null. Remove it, or replace it with a day from 1 to 7.";
        return at_week("Null In A List", detail.to_owned());
    }
    let mut known = days.iter().filter_map(|day| day.known());
    let day = known.find(|day| !Week::DAYS.contains(day))?;
    let detail = format!(
        "week contains {day}, but days are numbered from 1 (Monday) to 7 (Sunday). Use these numbers."
    );
    at_week("Integer Out Of Range", detail)
}

fn missing(name: &'static str, number: i64, is_null: bool) -> Option<Diagnostic> {
    let detail = format!("type is {number}, which needs {name}. Set it, or use another type.");
    is_null
        .then(|| Diagnostic::error("Missing Argument", detail).at(AttributePath::attribute(name)))
}

fn unsupported(name: &'static str, number: i64, is_null: bool) -> Option<Diagnostic> {
    let detail = format!("type is {number}, which has no {name}. Remove it, or use another type.");
    (!is_null).then(|| {
        Diagnostic::error("Unsupported Argument", detail).at(AttributePath::attribute(name))
    })
}

fn wrong_time(name: &'static str, time: &Attr<String>, date_type: DateType) -> Option<Diagnostic> {
    let text = time.as_ref().known()?;
    let format = date_type.time_format()?;
    if date_type.parse_time(text).is_some() {
        return None;
    }
    let example = match date_type {
        DateType::Date => "2026-12-24",
        _ => "12-24",
    };
    let detail = format!(
        "{name} is {}, but with type {} it must be a day of the calendar in the form {format}, \
         such as {example}. Correct it.",
        quoted(text),
        date_type.number()
    );
    Some(Diagnostic::error("Invalid Date", detail).at(AttributePath::attribute(name)))
}

/// Refuses a period that ends before it begins. One that repeats each year may go beyond the end of a
/// year, as over New Year: the reference does not exclude it.
fn reversed(date: &SpecialDateModel, date_type: DateType) -> Option<Diagnostic> {
    let day = |time: &Attr<String>| -> Option<Day> { date_type.parse_time(time.as_ref().known()?) };
    let (begin, end) = (day(&date.begin_time)?, day(&date.end_time)?);
    if date_type != DateType::Date || begin <= end {
        return None;
    }
    let detail = "end_time is before begin_time. Exchange them, or correct one of them.";
    Some(Diagnostic::error("Invalid Date", detail).at(AttributePath::attribute("end_time")))
}
