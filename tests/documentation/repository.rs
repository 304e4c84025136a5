//! The files of the repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders that are built, kept by git, or feed fuzzers.
const SKIPPED: [&str; 6] = [
    "target",
    "dist",
    ".git",
    ".terraform",
    "corpus",
    "artifacts",
];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of the repository whose names end in this, in order.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no {ending} in {folder}");
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// A path as it is written in the repository.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Copies a folder of the repository, with everything in it.
pub fn copy(folder: &str, to: &Path) {
    for path in files(folder, "") {
        let copy = to.join(path.strip_prefix(root().join(folder)).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).expect("a folder");
        fs::copy(&path, &copy).expect("a copy");
    }
}
