//! Every piece of Terraform's language in pages and examples: formatted, and valid.
//!
//! Under a Terraform that is too old for a query or an import by identity, that is only formatted,
//! which checks its syntax.

use std::{collections::BTreeMap, num::NonZero, path::Path, thread};

use serde_json::Value;

use crate::{
    markdown::Page,
    repository::{copy, files, read, root, short},
};
use test_support::terraform::Workspace;

/// A piece of configuration, and the places that have it.
type Pieces = BTreeMap<String, Vec<String>>;

/// The major and minor version of a Terraform.
type Version = (u64, u64);

/// The oldest that the provider is for.
const OLDEST: Version = (1, 8);
/// The first with imports by identity.
const IDENTITY: Version = (1, 12);
/// The first with queries.
const QUERY: Version = (1, 14);

/// The blocks of every page, and every example that is a file of its own.
fn pieces() -> Pieces {
    let mut pieces = Pieces::new();
    let mut add = |text: String, place: String| pieces.entry(text).or_default().push(place);
    // The README of the plugin layer shows a provider of its own.
    let layer = root().join("crates/tfplugin");
    let pages = files(".", ".md").into_iter();
    for path in pages.filter(|path| !path.starts_with(&layer)) {
        for block in Page::parse(&read(&path)).blocks {
            if matches!(block.language.as_str(), "terraform" | "hcl" | "tf") {
                add(block.text, format!("{}:{}", short(&path), block.line));
            }
        }
    }
    for folder in [
        "provider",
        "resources",
        "data-sources",
        "functions",
        "list-resources",
    ] {
        let folder = format!("examples/{folder}");
        for path in files(&folder, "").into_iter().filter(|path| is_hcl(path)) {
            add(read(&path), short(&path));
        }
    }
    pieces
}

fn is_hcl(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("tf" | "hcl"))
}

/// The first Terraform that can validate a piece.
fn needs(piece: &str) -> Version {
    let starts = |start| piece.lines().any(|line| line.starts_with(start));
    if starts("list \"") {
        QUERY
    } else if starts("  identity = {") {
        IDENTITY
    } else {
        OLDEST
    }
}

/// The Terraform that is in `PATH`.
fn found() -> Version {
    let answer = Workspace::unconfigured().run(&["version", "-json"]);
    let answer: Value = serde_json::from_str(&answer.stdout).expect("JSON");
    let version = answer["terraform_version"].as_str().expect("a version");
    let mut parts = version
        .split('.')
        .map(|part| part.parse().expect("a number"));
    (parts.next().unwrap(), parts.next().unwrap())
}

#[test]
fn every_piece_is_formatted() {
    let workspace = Workspace::unconfigured();
    let pieces = pieces();
    let mut names = BTreeMap::new();
    for (index, (text, places)) in pieces.iter().enumerate() {
        let name = format!("piece{index}.tf");
        workspace.write_file(&name, text);
        names.insert(name, places);
    }
    let outcome = workspace.run(&["fmt", "-check", "-diff", "-no-color"]);
    let unformatted: Vec<_> = names
        .iter()
        .filter(|(name, _)| outcome.stdout.lines().any(|line| line == name.as_str()))
        .collect();
    assert!(
        unformatted.is_empty(),
        "{unformatted:#?}\n{}",
        outcome.stdout
    );
    outcome.succeeds();
}

#[test]
fn every_piece_is_valid() {
    let pieces = pieces();
    // At least the query and the import by identity that are examples of their own.
    for version in [QUERY, IDENTITY] {
        assert!(
            pieces.keys().any(|text| needs(text) == version),
            "{version:?}"
        );
    }
    let found = found();
    let known: Vec<_> = pieces
        .iter()
        .filter(|(text, _)| needs(text) <= found)
        .collect();
    assert!(known.len() >= 15, "only {} pieces", known.len());
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let invalid: Vec<_> = thread::scope(|scope| {
        let parts: Vec<_> = (0..workers)
            .map(|worker| known.iter().skip(worker).step_by(workers))
            .map(|part| scope.spawn(|| part.filter_map(invalid).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("no panic"))
            .collect()
    });
    assert!(invalid.is_empty(), "{}", invalid.join("\n"));
}

/// What is wrong with a piece, and where it stands.
fn invalid((text, places): &(&String, &Vec<String>)) -> Option<String> {
    let workspace = Workspace::unconfigured();
    if text.contains("required_providers") {
        // It brings its own.
        workspace.write_file("versions.tf", "");
    }
    if text.contains("import {") && !text.contains("resource \"") {
        let resource = read(&root().join("examples/resources/isales_retry_policy/resource.tf"));
        workspace.write_file("resource.tf", &resource);
    }
    if text.contains("moved {") {
        let resource = read(&root().join("examples/resources/isales_retry_policy/resource.tf"));
        workspace.write_file("resource.tf", &resource.replace("renewal", "survey"));
    }
    if text.contains("module \"") {
        copy("examples/environments/modules", &workspace.path("modules"));
    }
    let outcome = if needs(text) == QUERY {
        workspace.write_file("main.tfquery.hcl", text);
        workspace.run(&["validate", "-json", "-query"])
    } else {
        workspace.write(text);
        if text.contains("module \"") {
            workspace.run(&["get"]).succeeds();
        }
        workspace.validate()
    };
    (outcome.code != Some(0)).then(|| format!("{places:?}: {:#?}", outcome.errors()))
}

#[test]
fn the_quickstart_is_valid() {
    let workspace = Workspace::unconfigured();
    workspace.write_file("versions.tf", "");
    for path in files("examples/quickstart", ".tf") {
        workspace.write_file(path.file_name().unwrap().to_str().unwrap(), &read(&path));
    }
    workspace.validate().succeeds();
}
