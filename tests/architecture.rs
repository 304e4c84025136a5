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

/// What comes before the path of a file, relative to the folder of the file that names it.
fn before_paths(path: &Path) -> &'static [&'static str] {
    if path.file_name().is_some_and(|name| name == "Cargo.toml") {
        &["path = \""]
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        &[
            "#[path = \"",
            "include_str!(\"",
            "include_bytes!(\"",
            "include!(\"",
        ]
    } else {
        &[]
    }
}

#[test]
fn what_is_built_is_all_in_the_repository() {
    let root = root().canonicalize().unwrap();
    let mut checked = 0;
    let mut outside = Vec::new();
    for (path, text) in files(&root) {
        let rests = before_paths(&path)
            .iter()
            .flat_map(|before| text.split(before).skip(1));
        for target in rests.filter_map(|rest| rest.split('"').next()) {
            checked += 1;
            // Also fails where there is no such file.
            let full = path.parent().unwrap().join(target).canonicalize();
            if !full.is_ok_and(|full| full.starts_with(&root)) {
                outside.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(checked > 20, "only {checked} paths were found");
    assert!(outside.is_empty(), "{outside:#?}");
}
