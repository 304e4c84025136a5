//! The plugin layer as a package on its own: the smallest provider of its README, built against
//! nothing but the packaged files, goes through init, plan, apply and destroy.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;
use test_support::terraform::{add_to_mirror, only_mirror, program};

#[test]
fn the_readme_shows_the_smallest_provider() {
    let readme = fs::read_to_string(layer().join("README.md")).unwrap();
    let example = fs::read_to_string(layer().join("examples/smallest.rs")).unwrap();
    let shown = readme
        .split("```rust\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a block of Rust");
    assert!(shown == example, "copy examples/smallest.rs to README.md");
}

#[test]
fn the_smallest_provider_works_with_the_package_alone() {
    let provider = build(&unpack());
    let terraform = Terraform::new(&provider);
    terraform.write("first");
    terraform.run(&["init", "-input=false"]);

    let plan = ["plan", "-input=false", "-detailed-exitcode"];
    assert_eq!(terraform.output(&plan).status.code(), Some(2));
    let apply = ["apply", "-input=false", "-auto-approve"];
    terraform.run(&apply);
    assert_eq!(terraform.file().unwrap(), "first");
    terraform.run(&plan);

    terraform.write("second");
    assert_eq!(terraform.output(&plan).status.code(), Some(2));
    terraform.run(&apply);
    assert_eq!(terraform.file().unwrap(), "second");
    terraform.run(&plan);

    // It is gone, and the plan notices.
    fs::remove_file(terraform.folder.path().join("hello.txt")).unwrap();
    assert_eq!(terraform.output(&plan).status.code(), Some(2));
    terraform.run(&apply);

    terraform.run(&["destroy", "-input=false", "-auto-approve"]);
    assert_eq!(terraform.file(), None);
}

// === The package ===

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn layer() -> PathBuf {
    root().join("crates/tfplugin")
}

/// The folder of the test's own, kept so that a later run builds less.
fn work() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tfplugin-package")
}

/// Packages the layer as for a registry, and unpacks the result.
fn unpack() -> PathBuf {
    let packages = work().join("packages");
    succeed(
        cargo()
            .current_dir(root())
            .args([
                "package",
                "--package",
                "tfplugin",
                "--offline",
                "--no-verify",
            ])
            .args(["--allow-dirty", "--quiet", "--target-dir"])
            .arg(&packages),
    );
    let archive = find(&packages.join("package"), ".crate");
    let (unpacked, known) = (work().join("unpacked"), work().join("unpacked.crate"));
    if fs::read(&known).is_ok_and(|known| known == fs::read(&archive).unwrap()) {
        return unpacked;
    }
    let _ = fs::remove_dir_all(&unpacked);
    fs::create_dir_all(&unpacked).unwrap();
    // With the time of now: all files of a package have one time, and Cargo goes by that.
    let mut tar = Command::new("tar");
    tar.arg("-xmzf").arg(&archive).arg("-C").arg(&unpacked);
    tar.arg("--strip-components=1");
    succeed(&mut tar);
    fs::copy(&archive, &known).unwrap();
    unpacked
}

/// Builds the smallest provider against the unpacked package, without a network.
fn build(package: &Path) -> PathBuf {
    let project = work().join("smallest");
    fs::create_dir_all(project.join("src")).unwrap();
    let example = package.join("examples/smallest.rs");
    write_if_new(
        &project.join("src/main.rs"),
        &fs::read_to_string(example).unwrap(),
    );
    let manifest = format!(
        "[package]\nname = \"terraform-provider-example\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ntfplugin = {{ path = {package:?} }}\n\n\
         [profile.dev]\ndebug = false\n\n[workspace]\n"
    );
    write_if_new(&project.join("Cargo.toml"), &manifest);
    // The versions that are tested here, and that are already downloaded.
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    succeed(
        cargo()
            .current_dir(&project)
            .args(["build", "--offline", "--quiet", "--target-dir"])
            .arg(target()),
    );
    target().join("debug/terraform-provider-example")
}

/// The target folder of the build that runs this test: most dependencies are built there already.
fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("a folder in the target folder")
}

fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    // Settings of the build that runs this test are not for the build in it.
    cargo.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    cargo
}

fn find(folder: &Path, end: &str) -> PathBuf {
    let mut paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    paths
        .find(|path| path.to_string_lossy().ends_with(end))
        .expect("a package")
}

/// Keeps the time of a file that does not change, by which Cargo goes.
fn write_if_new(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::write(path, text).unwrap();
}

// === Terraform ===

struct Terraform {
    folder: TempDir,
}

impl Terraform {
    /// A working directory whose only source of providers is a folder with the given one.
    fn new(provider: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mirror = folder.path().join("mirror");
        add_to_mirror(&mirror, "example/example", "0.1.0", provider);
        let settings = only_mirror(&mirror);
        fs::write(folder.path().join("settings.tfrc"), settings).unwrap();
        Self { folder }
    }

    fn write(&self, content: &str) {
        let configuration = format!(
            "terraform {{\n  required_providers {{\n    example = {{ source = \"example/example\" }}\n  }}\n}}\n\n\
             resource \"example_file\" \"hello\" {{\n  path    = \"hello.txt\"\n  content = {content:?}\n}}\n"
        );
        fs::write(self.folder.path().join("main.tf"), configuration).unwrap();
    }

    /// The file that the provider writes.
    fn file(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join("hello.txt")).ok()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program().command();
        command
            .current_dir(self.folder.path())
            .env(
                "TF_CLI_CONFIG_FILE",
                self.folder.path().join("settings.tfrc"),
            )
            .args(arguments)
            .arg("-no-color");
        command
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it starts")
    }

    fn run(&self, arguments: &[&str]) {
        succeed(&mut self.command(arguments));
    }
}

fn succeed(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
