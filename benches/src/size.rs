//! How large the provider is, how long it builds, and what it allocates for a call.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use serde_json::Value as Json;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    PROVIDER,
    figures::{Section, Unit},
};

/// Builds the provider that all else measures: from nothing, then again after a change.
pub fn build(target: &Path) -> Section {
    if target.exists() {
        fs::remove_dir_all(target).expect("the last build can be removed");
    }
    let mut section = Section::default();
    let clean = cargo_build(target);
    section.state("build from nothing, release", Unit::Seconds, &[clean]);
    // Its time stamp is what cargo goes by.
    let library = File::options().append(true).open("src/lib.rs");
    let now = fs::metadata(PROVIDER).and_then(|built| built.modified());
    library
        .and_then(|file| file.set_modified(now? + std::time::Duration::from_secs(1)))
        .expect("src/lib.rs can be touched");
    let again = cargo_build(target);
    section.state("build after a change, release", Unit::Seconds, &[again]);
    section
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Builds a release of the provider and returns how long that took, in seconds.
pub fn cargo_build(target: &Path) -> f64 {
    let begun = Instant::now();
    let status = cargo()
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--bin", "terraform-provider-isales", "--target-dir"])
        .arg(target)
        .status();
    assert!(status.is_ok_and(|status| status.success()), "cargo builds");
    begun.elapsed().as_secs_f64()
}

pub fn measure() -> Section {
    let mut section = Section::default();
    let binary = fs::metadata(PROVIDER).expect("the provider is built").len();
    section.state("binary, stripped", Unit::Bytes, &[real(binary)]);
    section.state(
        "zip of it",
        Unit::Bytes,
        &[real(zipped(Path::new(PROVIDER)))],
    );
    section.state("crates in the binary", Unit::Count, &[crates()]);

    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(
        std::env::current_exe()
            .expect("a path")
            .with_file_name("allocations"),
    )
    .current_dir(folder)
    .stderr(Stdio::inherit())
    .output()
    .expect("allocations is built beside this program");
    let counted: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    for (call, unit, name) in [
        (0, Unit::Count, "allocations"),
        (1, Unit::Bytes, "bytes allocated"),
    ]
    .iter()
    .flat_map(|&(index, unit, name)| {
        ["ReadResource", "PlanResourceChange", "ApplyResourceChange"]
            .map(|rpc| ((rpc, index), unit, name))
    }) {
        let value = counted[call.0][call.1].as_f64().expect("a number");
        section.state(format!("{name} for each {}", call.0), unit, &[value]);
    }
    section
}

fn zipped(path: &Path) -> u64 {
    let archive = tempfile::tempfile().expect("a temporary file");
    let mut writer = ZipWriter::new(archive);
    let options = SimpleFileOptions::default().compression_level(Some(9));
    writer
        .start_file("terraform-provider-isales", options)
        .expect("a member");
    let mut binary = File::open(path).expect("the provider is built");
    io::copy(&mut binary, &mut writer).expect("it can be read");
    let archive = writer.finish().expect("an archive");
    archive.metadata().expect("a size").len()
}

/// The packages that are linked in, this one left out.
fn crates() -> f64 {
    let output = cargo()
        .args(["tree", "--locked", "--package", "terraform-provider-isales"])
        .args([
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .output()
        .expect("cargo runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let packages: BTreeSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    real(packages.len().saturating_sub(1) as u64)
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
pub fn real(value: u64) -> f64 {
    value as f64
}
