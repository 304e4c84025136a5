//! The call results of a VDN.

use std::collections::BTreeSet;

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use crate::{
    random::{PURPOSES, REGIONS, pick},
    store::Vdn,
};

/// Codes and texts as in section 3 of the reference, each with an OBS code.
const USUAL: [(&str, &str, &str); 8] = [
    ("001", "Answered", "00600"),
    ("002", "Busy", "00602"),
    ("003", "No answer", "00603"),
    ("004", "Powered off", "00604"),
    ("005", "Out of service area", "00605"),
    ("006", "Wrong number", "00606"),
    ("007", "Rejected", "00607"),
    ("OB99999", "Other", "00608"),
];
/// The number of call results after [`populate`]: three pages of at most 50.
const GENERATED: usize = 130;
/// The `defId` before the first one.
const FIRST_ID: u64 = 1000;

/// The definition of an outcome of a call, as clients, tests and the state file have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallResult {
    /// `defId`.
    pub def_id: String,
    /// `resultCode`.
    pub result_code: String,
    /// `displayResult`.
    pub display_result: String,
    /// `obsCodes`, in the order in which they were sent.
    pub obs_codes: Vec<String>,
}

/// The call results of a VDN. A new VDN has the usual ones.
#[derive(Clone, Debug)]
pub(crate) struct CallResults {
    pub(crate) rows: Vec<CallResult>,
    /// The number of the last `defId`. IDs are not reused \[I\].
    pub(crate) last_id: u64,
}

/// What a client sends for a new call result.
#[derive(Clone, Debug)]
pub(crate) struct NewCallResult {
    pub(crate) result_code: Option<String>,
    pub(crate) display_result: String,
    pub(crate) obs_codes: Vec<String>,
}

// === impl CallResults ===

impl CallResults {
    /// Adds a call result. Without a code it gets the first free number \[I\]. Returns its `defId`.
    pub(crate) fn add(&mut self, new: NewCallResult) -> String {
        self.last_id += 1;
        let def_id = self.last_id.to_string();
        let result_code = new.result_code.unwrap_or_else(|| self.free_code());
        self.rows.push(CallResult {
            def_id: def_id.clone(),
            result_code,
            display_result: new.display_result,
            obs_codes: new.obs_codes,
        });
        def_id
    }

    pub(crate) fn find(&self, def_id: &str) -> Option<&CallResult> {
        self.rows.iter().find(|row| row.def_id == def_id)
    }

    pub(crate) fn find_mut(&mut self, def_id: &str) -> Option<&mut CallResult> {
        self.rows.iter_mut().find(|row| row.def_id == def_id)
    }

    /// Removes a call result. Returns whether it existed.
    pub(crate) fn remove(&mut self, def_id: &str) -> bool {
        let before = self.rows.len();
        self.rows.retain(|row| row.def_id != def_id);
        self.rows.len() < before
    }

    fn free_code(&self) -> String {
        let used: BTreeSet<_> = self.rows.iter().map(|row| &row.result_code).collect();
        (101..)
            .map(|number: u32| number.to_string())
            .find(|code| !used.contains(code))
            .unwrap_or_default()
    }
}

impl Default for CallResults {
    fn default() -> Self {
        let mut results = Self {
            rows: Vec::new(),
            last_id: FIRST_ID,
        };
        for (code, text, obs_code) in USUAL {
            results.add(NewCallResult {
                result_code: Some(code.to_owned()),
                display_result: text.to_owned(),
                obs_codes: vec![obs_code.to_owned()],
            });
        }
        results
    }
}

/// Adds call results until there are 130.
pub(crate) fn populate(vdn: &mut Vdn, rng: &mut Rng) {
    let results = vdn.part_mut::<CallResults>();
    for id in results.rows.len() + 1..=GENERATED {
        let display_result = format!("{} {}", pick(rng, &REGIONS), pick(rng, &PURPOSES));
        results.add(NewCallResult {
            result_code: Some(format!("U{id:03}")),
            display_result,
            obs_codes: vec![format!("{:05}", 600 + id)],
        });
    }
}
