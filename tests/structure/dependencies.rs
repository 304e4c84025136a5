//! Checks that neither the files nor the top-level modules of a crate depend on each other in a cycle.
//!
//! A failure shows each cycle with the names in it. A builder and its product may be a pair.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{ROOTS, cycles::Graph, planted::planted, read_crate};

/// Allowed cycles of files, which may also be smaller. Remove an entry once its cycle is gone.
const FILES: &[&[&str]] = &[
    // A builder and its product.
    &[
        "simulator/src/simulator/builder.rs",
        "simulator/src/simulator/mod.rs",
    ],
];

/// Allowed cycles of top-level modules, each with the root of its crate.
const TOP_MODULES: &[(&str, &[&str])] = &[];

/// Lists the cycles that are not allowed, and the allowed ones that are gone.
fn unexpected(graphs: &[Graph], allowed: &[&[&str]]) -> String {
    let is_in = |cycle: &BTreeSet<String>, allowed: &[&str]| {
        cycle.iter().all(|part| allowed.contains(&part.as_str()))
    };
    let mut text = String::new();
    let mut found = Vec::new();
    for graph in graphs {
        for cycle in graph.cycles() {
            if !allowed.iter().any(|allowed| is_in(&cycle, allowed)) {
                let ties = graph.explain(&cycle);
                let _ = writeln!(text, "a cycle of {}:\n{ties}", cycle.len());
            }
            found.push(cycle);
        }
    }
    for allowed in allowed {
        if !found.iter().any(|cycle| is_in(cycle, allowed)) {
            let _ = writeln!(
                text,
                "no longer a cycle, remove it from the list: {allowed:?}"
            );
        }
    }
    text
}

#[test]
fn no_files_depend_on_each_other() {
    let graphs: Vec<_> = ROOTS
        .iter()
        .map(|root| Graph::of_files(&read_crate(root)))
        .collect();
    let text = unexpected(&graphs, FILES);
    assert!(text.is_empty(), "{text}");
}

#[test]
fn no_top_modules_depend_on_each_other() {
    let mut text = String::new();
    for root in ROOTS {
        let allowed = TOP_MODULES.iter().filter(|(of, _)| *of == root);
        let allowed: Vec<_> = allowed.map(|(_, rooms)| *rooms).collect();
        let found = unexpected(&[Graph::of_top_modules(&read_crate(root))], &allowed);
        if !found.is_empty() {
            let _ = writeln!(text, "{root}: {found}");
        }
    }
    assert!(text.is_empty(), "{text}");
}

#[test]
fn each_path_into_a_crate_is_resolved() {
    let unresolved: Vec<_> = ROOTS
        .iter()
        .flat_map(|root| read_crate(root).unresolved())
        .collect();
    assert!(unresolved.is_empty(), "{unresolved:#?}");
}

#[test]
fn only_an_allowed_cycle_may_be_and_has_to_be() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub struct A(crate::b::B);"),
        ("b.rs", "pub struct B(crate::a::A);"),
    ]);
    let graphs = [Graph::of_files(&krate)];
    assert_eq!(unexpected(&graphs, &[&["a.rs", "b.rs", "c.rs"]]), "");
    let text = unexpected(&graphs, &[&["a.rs", "c.rs"]]);
    assert!(text.contains("a.rs -> b.rs: B"), "{text}");
    assert!(
        text.contains(r#"remove it from the list: ["a.rs", "c.rs"]"#),
        "{text}"
    );
}
