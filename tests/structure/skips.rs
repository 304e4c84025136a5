//! The tests that are skipped under a release of Terraform or OpenTofu, found in their source: a test
//! names what it needs in a call of `needs!`.

use std::{collections::BTreeMap, env, fs, path::Path};

use syn::{Item, Macro, Stmt, punctuated::Punctuated, visit::Visit};
use test_support::terraform::{Feature, Product, Release};

use crate::root;

/// A program and version to list the skips for, such as `Terraform 1.8`.
const VARIABLE: &str = "SKIPS_FOR";
/// Listed if the variable is not set.
const RELEASES: [Release; 4] = [
    Release::new(Product::Terraform, (1, 5)),
    Release::new(Product::Terraform, (1, 8)),
    Release::new(Product::OpenTofu, (1, 6)),
    Release::new(Product::OpenTofu, (1, 12)),
];
/// The test binaries that run the program.
const BINARIES: [&str; 3] = ["documentation", "e2e", "faults"];

/// The features that tests need, by the paths of the tests.
type Needs = BTreeMap<String, Vec<Feature>>;

fn all_needs() -> Needs {
    let mut needs = Needs::new();
    for binary in BINARIES {
        read_folder(&root().join("tests").join(binary), binary, &mut needs);
    }
    needs
}

/// Reads the tests in a folder, whose module has this path.
fn read_folder(folder: &Path, module: &str, needs: &mut Needs) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_str().expect("UTF-8");
        let inner = match name {
            "main" | "mod" => module.to_owned(),
            name => format!("{module}::{name}"),
        };
        if path.is_dir() {
            read_folder(&path, &inner, needs);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a file");
            let file = syn::parse_file(&text).expect("Rust");
            needs.extend(read_file(&file, &inner));
        }
    }
}

/// Reads the tests of a file. Fails where `needs!` stands anywhere but first in a test.
fn read_file(file: &syn::File, module: &str) -> Needs {
    let mut needs = Needs::new();
    for item in &file.items {
        let Item::Fn(function) = item else { continue };
        let is_test = function
            .attrs
            .iter()
            .any(|attr| attr.path().is_ident("test"));
        if let (true, Some(Stmt::Macro(first))) = (is_test, function.block.stmts.first())
            && first.mac.path.is_ident("needs")
        {
            let test = format!("{module}::{}", function.sig.ident);
            needs.insert(test, features(&first.mac));
        }
    }
    let mut calls = Calls(0);
    calls.visit_file(file);
    assert_eq!(
        calls.0,
        needs.len(),
        "in {module}, needs! is not the first statement of a test"
    );
    needs
}

fn features(call: &Macro) -> Vec<Feature> {
    let names = call.parse_body_with(Punctuated::<syn::Ident, syn::Token![,]>::parse_terminated);
    let feature = |name: syn::Ident| {
        let known = Feature::ALL
            .into_iter()
            .find(|known| name == format!("{known:?}"));
        known.unwrap_or_else(|| panic!("{name} is not in Feature::ALL"))
    };
    names.expect("names").into_iter().map(feature).collect()
}

/// Counts the calls of `needs!`.
struct Calls(usize);

impl<'ast> Visit<'ast> for Calls {
    fn visit_macro(&mut self, call: &'ast Macro) {
        self.0 += usize::from(call.path.is_ident("needs"));
    }
}

/// The tests that a release skips, with the reasons.
fn skips(needs: &Needs, release: Release) -> Vec<String> {
    let skipped = needs.iter().filter_map(|(test, features)| {
        let reason = features
            .iter()
            .find_map(|feature| release.lacks(*feature))?;
        Some(format!("{test}: {reason}"))
    });
    skipped.collect()
}

/// Lists the skips, and checks that only old releases have any, but for what OpenTofu has not at all.
#[test]
#[allow(clippy::disallowed_macros, reason = "the list is its output")]
fn skips_by_release() {
    let needs = all_needs();
    let releases = match env::var(VARIABLE) {
        Ok(text) if !text.is_empty() => vec![text.parse().unwrap_or_else(|why| panic!("{why}"))],
        _ => RELEASES.to_vec(),
    };
    for release in releases {
        let skips = skips(&needs, release);
        println!("{release} skips {} tests:", skips.len());
        for skip in skips {
            println!("  {skip}");
        }
    }
    let newest = |product| skips(&needs, Release::new(product, (u64::MAX, 0)));
    assert_eq!(newest(Product::Terraform), [""; 0]);
    for skip in newest(Product::OpenTofu) {
        assert!(skip.contains("does not have"), "{skip}");
    }
}

#[test]
fn a_need_is_read_from_its_test() {
    let read = |text: &str| read_file(&syn::parse_file(text).unwrap(), "e2e::one");
    let needs = read(
        "#[test] fn first() { needs!(Query, ProviderFunctions); run(); }\n\
         #[test] fn second() { run(); }",
    );
    let skipped = skips(&needs, Release::new(Product::Terraform, (1, 8)));
    assert_eq!(
        skipped,
        ["e2e::one::first: Terraform 1.8 is older than 1.14, the first with the command query"]
    );
}

#[test]
#[should_panic(expected = "not the first statement of a test")]
fn a_need_in_another_place_is_refused() {
    let text = "#[test] fn late() { run(); needs!(Query); }";
    read_file(&syn::parse_file(text).unwrap(), "e2e::one");
}
