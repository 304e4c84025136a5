//! Checks that files are short, and that everything that is built is in the repository.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{ROOTS, read_crate, root};

/// The most lines of a file, without the unit tests at its end.
const MAX_LINES: usize = 400;

#[test]
fn no_file_is_too_long_to_have_one_subject() {
    let modules = ROOTS.iter().flat_map(|root| read_crate(root).modules);
    let files: BTreeSet<_> = modules.map(|module| module.file).collect();
    let long: Vec<_> = files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(root().join(&file)).expect("a file");
            let code = text.split("\n#[cfg(test)]\nmod tests {").next();
            (file, code.map_or(0, |code| code.lines().count()))
        })
        .filter(|(_, lines)| *lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

/// The text files under a folder, without build output and git's own.
fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !matches!(name, "target" | "dist" | ".git" | "corpus") {
                found.extend(texts(&path));
            }
        } else if name != ".git"
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((path, text));
        }
    }
    found
}

/// The text in front of a file's path, which is relative to the file that contains it.
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
fn everything_that_is_built_is_in_the_repository() {
    let root = root().canonicalize().unwrap();
    let mut checked = 0;
    let mut outside = Vec::new();
    for (path, text) in texts(&root) {
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
