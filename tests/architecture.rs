//! Which part of the project may know which, and how large a file may be.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The most lines of a file in `src`, the unit tests at its end left out.
const MAX_LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text files under a folder, but for what is built or is git's.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !matches!(name, "target" | "dist" | ".git" | "corpus") {
                found.extend(files(&path));
            }
        } else if name != ".git"
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((path, text));
        }
    }
    found
}

/// Each line of code under a folder, with its place. Comments do not count.
fn code(folder: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for (path, text) in files(&root().join(folder)) {
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start();
            if !line.starts_with("//") {
                lines.push((format!("{}:{}", path.display(), index + 1), line.to_owned()));
            }
        }
    }
    assert!(!lines.is_empty(), "no code in {folder}");
    lines
}

/// Whether a path of Rust, such as `provider::`, stands in a line as a word of its own.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

#[track_caller]
fn assert_never(folder: &str, is_wrong: impl Fn(&str) -> bool) {
    let wrong: Vec<_> = code(folder)
        .into_iter()
        .filter(|(_, line)| is_wrong(line))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_api_client_knows_nothing_of_terraform() {
    assert_never("src/isales", |line| {
        has_word(line, "tf_provider") || line.contains("crate::provider") || line.contains("prost")
    });
}

#[test]
fn the_plugin_layer_knows_nothing_of_the_api() {
    assert_never("src/tf_provider", |line| {
        has_word(line, "isales") || line.contains("crate::provider")
    });
}

#[test]
fn the_simulator_knows_nothing_of_the_provider() {
    assert_never("simulator", |line| {
        has_word(line, "terraform_provider_isales")
    });
    let manifest = fs::read_to_string(root().join("simulator/Cargo.toml")).unwrap();
    assert!(
        !manifest.contains("terraform-provider-isales"),
        "{manifest}"
    );
}

#[test]
fn no_file_is_too_long_to_have_one_subject() {
    let long: Vec<_> = files(&root().join("src"))
        .into_iter()
        .map(|(path, text)| {
            (
                path,
                text.split("\n#[cfg(test)]\nmod tests {")
                    .next()
                    .map_or(0, |code| code.lines().count()),
            )
        })
        .filter(|(_, lines)| *lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_is_read_from_beside_the_project() {
    // Written so that this file does not hold it.
    let beside = ["..", "shared"].join("/");
    let found: Vec<_> = files(root())
        .into_iter()
        .filter(|(_, text)| text.contains(&beside))
        .map(|(path, _)| path)
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}
