//! The page: its text is `page.md.tmpl` and `notes.md.tmpl`; figures take the places of the names in double braces.

use std::fmt::Write as _;

use crate::{
    figures::{Figures, Section},
    targets,
};

const TEMPLATE: &str = include_str!("../page.md.tmpl");
/// What the figures mean, by hand.
const NOTES: &str = include_str!("../notes.md.tmpl");

/// The page as Markdown.
pub fn write(figures: &Figures) -> String {
    let mut page = TEMPLATE
        .replace("{{targets}}", &targets::table(figures))
        .replace("{{notes}}", NOTES);
    for (name, section) in &figures.0 {
        page = page.replace(&format!("{{{{{name}}}}}"), &table(section));
    }
    for name in crate::SECTIONS {
        page = page.replace(&format!("{{{{{name}}}}}"), "Not measured yet.");
    }
    page
}

/// A section as a table.
pub fn table(section: &Section) -> String {
    let mut text = String::from(
        "| What | Runs | Median | Yardstick | Its median | Ratio |\n|---|--:|--:|---|--:|--:|\n",
    );
    for row in &section.rows {
        let show = |value| row.unit.show(value);
        let (name, value) = match &row.yardstick {
            Some(yardstick) => (yardstick.what.as_str(), show(yardstick.value)),
            None => ("", String::new()),
        };
        let ratio = row.ratio().map(|ratio| format!("{ratio:.2}"));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {name} | {value} | {} |",
            row.what,
            row.runs,
            show(row.value),
            ratio.unwrap_or_default()
        );
    }
    let (before, after) = section.load;
    let _ = write!(
        text,
        "\nLoad average before and after: {before:.1}, {after:.1}."
    );
    text
}
