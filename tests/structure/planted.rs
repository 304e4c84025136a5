//! Planted cycles, which have to be found, and their near misses.

use std::collections::{BTreeMap, BTreeSet};

use crate::{cycles::Graph, modules::Crate};

/// A crate with these files, `lib.rs` among them.
pub fn planted(files: &[(&str, &str)]) -> Crate {
    let files: BTreeMap<_, _> = files.iter().copied().collect();
    Crate::read("lib.rs".as_ref(), &|path| {
        files.get(path.to_str()?).map(|text| (*text).to_owned())
    })
}

#[track_caller]
fn assert_cycles(graph: &Graph, expected: &[&[&str]]) {
    let expected: Vec<BTreeSet<_>> = expected
        .iter()
        .map(|cycle| cycle.iter().map(|part| (*part).to_owned()).collect())
        .collect();
    assert_eq!(graph.cycles(), expected, "{graph:#?}");
}

#[test]
fn a_cycle_of_files_is_found_with_the_names_in_it() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "use crate::b::B; pub struct A(B);"),
        ("b.rs", "pub type B = super::c::C;"),
        (
            "c.rs",
            "pub struct C; fn c() { let _ = crate::a::A(todo!()); }",
        ),
        ("d.rs", "use crate::a::A;"),
    ]);
    let graph = Graph::of_files(&krate);
    assert_cycles(&graph, &[&["a.rs", "b.rs", "c.rs"]]);
    assert_eq!(
        graph.explain(&graph.cycles()[0]),
        "  a.rs -> b.rs: B\n  b.rs -> c.rs: C\n  c.rs -> a.rs: A\n"
    );
}

#[test]
fn top_modules_can_be_in_a_cycle_without_any_file() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod one; pub mod two;"),
        ("a/one.rs", "use crate::b::three::Three;"),
        ("a/two.rs", "pub struct Two;"),
        ("b/mod.rs", "pub mod three; mod four;"),
        ("b/three.rs", "pub struct Three;"),
        ("b/four.rs", "use crate::a::two; fn f(_: two::Two) {}"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[]);
    assert_cycles(&Graph::of_top_modules(&krate), &[&["a", "b"]]);
}

#[test]
fn a_name_is_followed_through_re_exports_to_its_file() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub struct A; use crate::b::Renamed;"),
        ("b/mod.rs", "mod deep; pub use self::deep::*;"),
        (
            "b/deep/mod.rs",
            "mod deeper; pub(crate) use deeper::B as Renamed;",
        ),
        ("b/deep/deeper.rs", "use crate::a::A; pub struct B(A);"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[&["a.rs", "b/deep/deeper.rs"]]);
}

#[test]
fn a_parent_that_only_re_exports_does_not_depend_on_its_child() {
    let parent = "mod child; pub use self::child::Child; pub struct Parent;";
    let child = ("a/child.rs", "use super::Parent; pub struct Child(Parent);");
    let krate = planted(&[("lib.rs", "mod a;"), ("a/mod.rs", parent), child]);
    assert_cycles(&Graph::of_files(&krate), &[]);

    let user = format!("{parent} fn make(_: Child) {{}}");
    let krate = planted(&[("lib.rs", "mod a;"), ("a/mod.rs", &user), child]);
    assert_cycles(&Graph::of_files(&krate), &[&["a/child.rs", "a/mod.rs"]]);
}

#[test]
fn macros_and_their_arguments_count() {
    let krate = planted(&[
        ("lib.rs", "#[macro_use] mod a; mod b; mod c;"),
        ("a.rs", "macro_rules! make { () => { $crate::b::B } }"),
        ("b.rs", "pub struct B; fn f() { make!(); }"),
        (
            "c.rs",
            "pub struct C; fn f() { assert_eq!(crate::d::D, [crate::d::D][0]) }",
        ),
        ("d.rs", "pub struct D(crate::c::C);"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[&["a.rs", "b.rs"]]);
    let krate = planted(&[
        ("lib.rs", "mod c; mod d;"),
        (
            "c.rs",
            "pub struct C; fn f() { assert_eq!(crate::d::D, [crate::d::D][0]) }",
        ),
        ("d.rs", "pub struct D(crate::c::C);"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[&["c.rs", "d.rs"]]);
}

#[test]
fn glob_imports_count() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::*; pub struct A(B);"),
        ("b.rs", "pub struct B; impl From<crate::a::A> for B {}"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[&["a.rs", "b.rs"]]);
}

#[test]
fn unit_tests_do_not_count() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "#[cfg(test)] use crate::b::B;
             #[cfg(test)] mod tests { use crate::b::B; }
             #[cfg(test)] mod missing;
             pub struct A;
             impl A { #[cfg(test)] fn f(_: crate::b::B) {} }",
        ),
        ("b.rs", "use crate::a::A; pub struct B(A);"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[]);
    assert_cycles(&Graph::of_top_modules(&krate), &[]);
}

#[test]
fn another_crate_is_not_taken_for_a_module_of_its_name() {
    let krate = planted(&[
        ("lib.rs", "mod a; mod log;"),
        (
            "a.rs",
            "use log::Level; pub struct A(Level); fn f() { log::debug!(\"\"); }",
        ),
        ("log.rs", "use crate::a::A; pub struct Level(A);"),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[]);
}

#[test]
fn items_that_a_macro_defines_belong_to_its_caller() {
    let krate = planted(&[
        (
            "lib.rs",
            "mod a; mod b; mod generated { tonic::include_proto!(\"x\"); }",
        ),
        ("a.rs", "model! { #[doc] pub struct A { b: crate::b::B, } }"),
        (
            "b.rs",
            "use crate::a::A; pub struct B(A); use crate::generated::deep::Message;",
        ),
    ]);
    assert_cycles(&Graph::of_files(&krate), &[&["a.rs", "b.rs"]]);
    assert_eq!(krate.unresolved(), [""; 0]);
}
