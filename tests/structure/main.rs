//! Checks the structure of the code: dependencies between modules, lengths and places of files.

#![allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and is nobody's library"
)]

mod cycles;
mod modules;

mod dependencies;
mod layout;
mod planted;
mod skips;

use std::{fs, path::Path};

use self::modules::Crate;

/// The roots of the crates.
const ROOTS: [&str; 6] = [
    "crates/isales-client/src/lib.rs",
    "crates/tfplugin/src/lib.rs",
    "simulator/src/lib.rs",
    "simulator/src/main.rs",
    "src/lib.rs",
    "src/main.rs",
];

/// The folder of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a crate of the repository.
fn read_crate(root_file: &str) -> Crate {
    Crate::read(root_file.as_ref(), &|path| {
        fs::read_to_string(root().join(path)).ok()
    })
}
