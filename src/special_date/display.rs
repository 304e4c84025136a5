//! Special dates in messages.

use isales_client::{quoted, special_date::SpecialDate};

/// Describes a special date, with its values as in the configuration.
pub(super) fn shown(date: &SpecialDate) -> String {
    let mut text = format!(
        "name {}, type {}",
        quoted(&date.name),
        date.date_type.number()
    );
    if !date.week.is_empty() {
        text.push_str(&format!(", week {}", date.week));
    }
    for (name, time) in [
        ("begin_time", &date.begin_time),
        ("end_time", &date.end_time),
    ] {
        if let Some(time) = time {
            text.push_str(&format!(", {name} {}", quoted(time)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use isales_client::special_date::{DateType, Week};

    use super::*;

    #[test]
    fn what_a_date_does_not_have_is_left_out() {
        let mut date = SpecialDate {
            name: "Weekend".to_owned(),
            date_type: DateType::Week,
            week: Week([6, 7].into()),
            begin_time: None,
            end_time: None,
        };
        assert_eq!(shown(&date), "name \"Weekend\", type 1, week 6,7");
        date.week = Week::default();
        date.begin_time = Some("12-24".to_owned());
        assert_eq!(
            shown(&date),
            "name \"Weekend\", type 1, begin_time \"12-24\""
        );
    }
}
