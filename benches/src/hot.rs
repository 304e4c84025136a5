//! The hot pieces, as criterion measured them.

use std::{fs, path::Path, process::Command};

use serde_json::Value as Json;

use crate::figures::{Row, Section, Unit, Yardstick};

/// Each piece with what it is held against; the names are those of `hot_pieces.rs`.
const PIECES: [(&str, &str, &str); 14] = [
    ("sign", "ours", "its two HMACs alone"),
    ("encode a policy of 1", "ours", "serde_json, same document"),
    (
        "encode a policy of 100",
        "ours",
        "serde_json, same document",
    ),
    (
        "encode a policy of 1000",
        "ours",
        "serde_json, same document",
    ),
    ("decode a policy of 1", "ours", "serde_json, same document"),
    (
        "decode a policy of 100",
        "ours",
        "serde_json, same document",
    ),
    (
        "decode a policy of 1000",
        "ours",
        "serde_json, same document",
    ),
    ("decode MessagePack, policy of 1", "ours", "rmpv, no schema"),
    (
        "decode MessagePack, policy of 100",
        "ours",
        "rmpv, no schema",
    ),
    ("encode MessagePack, policy of 1", "ours", "rmpv"),
    ("encode MessagePack, policy of 100", "ours", "rmpv"),
    ("equal by meaning, policy of 1", "ours", "derived =="),
    ("equal by meaning, policy of 100", "ours", "derived =="),
    ("equal by meaning, policy of 1000", "ours", "derived =="),
];

/// Runs criterion and reads its medians.
pub fn measure(target: &Path) -> Section {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["bench", "--locked", "--package", "benchmarks"])
        .args(["--profile", crate::HOT_PROFILE])
        .args(["--bench", "hot_pieces", "--", "--noplot", "--quiet"])
        .env("CRITERION_HOME", target.join("criterion"))
        .status();
    assert!(status.is_ok_and(|status| status.success()), "criterion ran");
    read(target)
}

fn read(target: &Path) -> Section {
    let mut section = Section::default();
    for (piece, ours, yardstick) in PIECES {
        let median = |which: &str| -> f64 {
            let folder = target.join("criterion").join(piece);
            let file = folder.join(which).join("new/estimates.json");
            let estimates = fs::read(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
            let estimates: Json = serde_json::from_slice(&estimates).expect("JSON of criterion");
            estimates["median"]["point_estimate"]
                .as_f64()
                .expect("a median")
                / 1e9
        };
        section.rows.push(Row {
            what: piece.to_owned(),
            unit: Unit::Seconds,
            runs: SAMPLES,
            value: median(ours),
            yardstick: Some(Yardstick {
                what: yardstick.to_owned(),
                value: median("yardstick"),
            }),
        });
    }
    section
}

/// As `hot_pieces.rs` sets it.
const SAMPLES: usize = 50;
