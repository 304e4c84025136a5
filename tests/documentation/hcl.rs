//! Every piece of Terraform's language in pages and examples: formatted, and valid.
//!
//! CLI configuration is only formatted, as no command validates it. So is a piece that uses what the
//! program under test does not have. Formatting checks the syntax.

use std::{collections::BTreeMap, num::NonZero, path::Path, thread};

use crate::{
    markdown::Page,
    repository::{copy, files, read, root, short},
};
use test_support::terraform::{Feature, Workspace, program, report};

/// A piece of configuration, and the places that have it.
type Pieces = BTreeMap<String, Vec<String>>;

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
        "actions",
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

/// The features without which a piece is not valid.
fn needs(piece: &str) -> Vec<Feature> {
    let has = |text: &str| piece.contains(text);
    let starts = |start| piece.lines().any(|line| line.starts_with(start));
    let all = [
        (starts("list \""), Feature::Query),
        (starts("action \""), Feature::Actions),
        (starts("  identity = {"), Feature::ImportByIdentity),
        (starts("moved {"), Feature::MovedTypes),
        (
            starts("import {") && starts("  for_each"),
            Feature::ImportForEach,
        ),
        // A module of an example uses one.
        (
            has("provider::isales::") || starts("module \""),
            Feature::ProviderFunctions,
        ),
    ];
    let needed = all.into_iter().filter(|(is_needed, _)| *is_needed);
    needed.map(|(_, feature)| feature).collect()
}

/// Whether the program under test can validate a piece. If not, it is reported.
fn can_validate(piece: &str, places: &[String]) -> bool {
    let needs = needs(piece);
    let Some(reason) = needs
        .iter()
        .find_map(|feature| program().release.lacks(*feature))
    else {
        return true;
    };
    report(&format!("not validated: {}: {reason}", places.join(", ")));
    false
}

#[test]
fn every_piece_is_formatted() {
    let workspace = Workspace::unconfigured();
    let pieces = pieces();
    let mut names = BTreeMap::new();
    for (index, (text, places)) in pieces.iter().enumerate() {
        if text.contains("provider::") && !program().release.has(Feature::ProviderFunctions) {
            // Not even its syntax is known.
            report(&format!("not formatted: {}", places.join(", ")));
            continue;
        }
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
    for feature in [Feature::Query, Feature::Actions, Feature::ImportByIdentity] {
        assert!(
            pieces.keys().any(|text| needs(text).contains(&feature)),
            "{feature}"
        );
    }
    let known: Vec<_> = pieces
        .iter()
        .filter(|(text, _)| !text.starts_with("provider_installation {"))
        .filter(|(text, places)| can_validate(text, places))
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
        for example in ["environments", "campaign"] {
            let modules = format!("examples/{example}/modules");
            copy(&modules, &workspace.path("modules"));
        }
    }
    let outcome = if needs(text).contains(&Feature::Query) {
        workspace.write_file("main.tfquery.hcl", text);
        workspace.run(&["validate", "-json", "-query"])
    } else {
        // Nothing answers at the address of a registry of one's own.
        workspace.write(&text.replace("registry.example.com/", ""));
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
