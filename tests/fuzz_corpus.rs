//! Replays the seeds and the findings of the fuzzer (`fuzz/corpus`) on the stable toolchain.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fs, path::Path};

/// The targets of each crate, with the crate's name in Rust.
fn targets() -> impl Iterator<Item = (&'static str, &'static str, fn(&[u8]))> {
    let client = isales_client::fuzzing::TARGETS.map(|(name, run)| ("isales_client", name, run));
    let layer = tfplugin::fuzzing::TARGETS.map(|(name, run)| ("tfplugin", name, run));
    client.into_iter().chain(layer)
}

#[test]
fn no_input_of_the_corpus_makes_a_decoder_panic() {
    let corpus = root().join("fuzz/corpus");
    for (_, name, target) in targets() {
        let mut inputs = 0;
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            target(&fs::read(entry.unwrap().path()).unwrap());
            inputs += 1;
        }
        assert!(inputs > 0, "{name} has no inputs");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_target_has_a_corpus_and_is_replayed() {
    let names = |folder: &str| -> BTreeSet<String> {
        fs::read_dir(root().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let replayed: BTreeSet<_> = targets().map(|(_, name, _)| name.to_owned()).collect();
    assert_eq!(names("fuzz/corpus"), replayed);
    assert_eq!(names("fuzz/fuzz_targets"), replayed);
}

/// Nothing but the nightly toolchain builds the targets, so they do nothing that could break.
#[test]
fn every_target_is_one_call_of_what_is_replayed() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    assert_eq!(manifest.matches("[[bin]]").count(), targets().count());
    for (crate_name, name, _) in targets() {
        let path = format!("fuzz_targets/{name}.rs");
        let bin = format!("[[bin]]\nname = \"{name}\"\npath = \"{path}\"\n");
        assert!(manifest.contains(&bin), "{name}");
        let text = fs::read_to_string(root().join("fuzz").join(path)).unwrap();
        let words: Vec<_> = text.split_whitespace().collect();
        let call = format!(
            "#![no_main] libfuzzer_sys::fuzz_target!(|data: &[u8]| \
             {crate_name}::fuzzing::{name}(data));"
        );
        assert_eq!(words.join(" "), call);
    }
}
