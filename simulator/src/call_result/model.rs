//! The call results of a VDN.

use fastrand::Rng;

use crate::{
    random::{PURPOSES, REGIONS, pick},
    store::Vdn,
};

/// Codes and texts as in section 3 of the reference.
const USUAL: [(&str, &str); 8] = [
    ("001", "Answered"),
    ("002", "Busy"),
    ("003", "No answer"),
    ("004", "Powered off"),
    ("005", "Out of service area"),
    ("006", "Wrong number"),
    ("007", "Rejected"),
    ("OB99999", "Other"),
];
/// The number of call results after [`populate`]: three pages of at most 50.
const GENERATED: usize = 130;

/// The definition of an outcome of a call.
#[derive(Clone, Debug)]
pub(crate) struct CallResult {
    pub(crate) result_code: String,
    pub(crate) display_result: String,
    pub(crate) def_id: String,
}

/// The call results of a VDN. A new VDN has the usual ones.
#[derive(Clone, Debug)]
pub(crate) struct CallResults(pub(crate) Vec<CallResult>);

// === impl CallResult ===

impl CallResult {
    fn new(result_code: impl Into<String>, display_result: impl Into<String>, id: usize) -> Self {
        Self {
            result_code: result_code.into(),
            display_result: display_result.into(),
            def_id: (1000 + id).to_string(),
        }
    }
}

// === impl CallResults ===

impl Default for CallResults {
    fn default() -> Self {
        Self(
            USUAL
                .iter()
                .zip(1..)
                .map(|((code, text), id)| CallResult::new(*code, *text, id))
                .collect(),
        )
    }
}

/// Adds call results until there are 130.
pub(crate) fn populate(vdn: &mut Vdn, rng: &mut Rng) {
    let results = &mut vdn.part_mut::<CallResults>().0;
    for id in results.len() + 1..=GENERATED {
        let display = format!("{} {}", pick(rng, &REGIONS), pick(rng, &PURPOSES));
        results.push(CallResult::new(format!("U{id:03}"), display, id));
    }
}
