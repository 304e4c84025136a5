//! The guide "Troubleshooting" against the messages that the provider has.

use std::{collections::BTreeSet, path::Path};

use crate::repository::{files, read, root};

/// What is followed by a title at once.
const BEFORE_TITLE: [&str; 5] = [
    "Diagnostic::error(",
    "Diagnostic::warning(",
    "Self::error(",
    ".warn(",
    "summary = ",
];

/// Titles of the plugin layer that this provider never shows: it has no write-only attribute, and its
/// one resource can be imported.
const NEVER_SAID: [&str; 2] = ["Write-Only Attribute Not Allowed", "Import Not Supported"];

/// The literals that follow one of these, white space aside, in a piece of code.
fn literals(code: &str, before: &[&str]) -> BTreeSet<String> {
    after(code, before)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

fn after<'a>(code: &'a str, before: &[&'a str]) -> impl Iterator<Item = &'a str> {
    before.iter().flat_map(|before| code.split(before).skip(1))
}

/// The code of the provider and the plugin layer, without unit tests, examples, and the command whose
/// findings Terraform does not show.
fn code() -> Vec<String> {
    let is_left_out = |path: &Path| {
        let names = path.iter().filter_map(|name| name.to_str());
        names
            .into_iter()
            .any(|name| matches!(name, "doctor" | "examples" | "tests" | "tests.rs"))
    };
    ["crates/tfplugin", "src"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .filter(|path| !is_left_out(path.strip_prefix(root()).unwrap()))
        .map(|path| {
            let text = read(&path);
            text.split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

/// The titles of errors and warnings: those that the client lists, and those in the code.
fn titles() -> BTreeSet<String> {
    let mut titles: BTreeSet<String> = isales_client::titles().map(str::to_owned).collect();
    for code in code() {
        titles.extend(literals(&code, &BEFORE_TITLE));
        for summary in code.split("fn summary(").skip(1) {
            let function = summary.split("\n    }\n").next().unwrap();
            titles.extend(literals(function, &["=>"]));
        }
    }
    for title in NEVER_SAID {
        assert!(titles.remove(title), "{title} is gone");
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
    assert!(titles.len() > 80, "only {} titles were found", titles.len());
    let missing: Vec<_> = titles.difference(&told).collect();
    let invented: Vec<_> = told.difference(&titles).collect();
    assert!(missing.is_empty(), "not in the guide: {missing:#?}");
    assert!(invented.is_empty(), "nobody says: {invented:#?}");
}
