//! The pages that are checked in.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use docs_generator::{Offer, Page, pages};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn generated() -> Vec<Page> {
    pages(root(), &Offer::ask().unwrap()).unwrap()
}

fn checked_in(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            checked_in(&path, found);
        } else {
            let below = path.strip_prefix(root().join("docs")).unwrap().to_owned();
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.insert(below, text);
        }
    }
}

#[test]
fn docs_are_fresh() {
    let mut found = BTreeMap::new();
    checked_in(&root().join("docs"), &mut found);
    let fresh: BTreeMap<_, _> = generated()
        .into_iter()
        .map(|page| (page.path, page.text))
        .collect();
    let stale: Vec<_> = fresh
        .keys()
        .chain(found.keys())
        .filter(|path| fresh.get(*path) != found.get(*path))
        .collect();
    assert!(stale.is_empty(), "run \"make docs\"; stale: {stale:?}");
}

#[test]
fn pages_have_the_front_matter_that_the_registry_takes() {
    let pages = generated();
    for page in &pages {
        let name = page.path.display();
        let front_matter = page.text.strip_prefix("---\n").unwrap();
        let (front_matter, body) = front_matter.split_once("\n---\n").unwrap();
        let keys: Vec<_> = front_matter
            .lines()
            .filter(|line| !line.starts_with([' ', '#']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        // The registry files the other pages by it; on the index its validator refuses it.
        let subcategory = (page.path != Path::new("index.md")).then_some("subcategory");
        let wanted = ["page_title"].into_iter().chain(subcategory);
        let wanted: Vec<_> = wanted.chain(["description"]).collect();
        assert_eq!(keys, wanted, "{name}");
        let headings = body.lines().filter(|line| line.starts_with("# "));
        assert!(headings.count() >= 1, "{name} has no heading");
        assert!(page.text.len() < 500_000, "{name}");
    }
    assert!(pages.iter().any(|page| page.path == Path::new("index.md")));
}
