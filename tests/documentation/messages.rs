//! The guide "Troubleshooting" against the messages that the provider has.

use std::collections::BTreeSet;

use crate::repository::{files, read, root};

/// The literals that follow one of these, white space aside, in a piece of code.
fn literals(code: &str, before: &[&str]) -> BTreeSet<String> {
    let places = before.iter().flat_map(|before| code.split(before).skip(1));
    places
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

fn without_tests(code: String) -> String {
    code.split("#[cfg(test)]").next().unwrap().to_owned()
}

/// The titles of errors and warnings in the code.
fn titles() -> BTreeSet<String> {
    let makers = ["Diagnostic::error(", "Diagnostic::warning(", "call.warn("];
    let mut titles = BTreeSet::new();
    for path in files("src/provider", ".rs") {
        titles.extend(literals(&without_tests(read(&path)), &makers));
    }
    for path in files("src/isales/error", ".rs") {
        let code = without_tests(read(&path));
        for summary in code.split("fn summary(").skip(1) {
            let function = summary.split("\n    }\n").next().unwrap();
            titles.extend(literals(function, &["=>"]));
        }
    }
    titles
}

#[test]
fn the_guide_has_every_message_and_no_other() {
    let guide = read(&root().join("docs/guides/troubleshooting.md"));
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| "));
    let told: BTreeSet<_> = rows
        .filter_map(|row| row.split(" |").next())
        .filter(|title| *title != "Title")
        .map(str::to_owned)
        .collect();
    let titles = titles();
    assert!(titles.len() > 50, "only {} titles were found", titles.len());
    let missing: Vec<_> = titles.difference(&told).collect();
    let invented: Vec<_> = told.difference(&titles).collect();
    assert!(missing.is_empty(), "not in the guide: {missing:#?}");
    assert!(invented.is_empty(), "nobody says: {invented:#?}");
}
