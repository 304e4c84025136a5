//! The business results of a VDN.

use fastrand::Rng;

use crate::{
    random::{REGIONS, pick},
    store::Vdn,
};

/// The number of business results after [`populate`]: two pages of at most 50.
const GENERATED: usize = 70;

/// A business result.
#[derive(Clone, Debug)]
pub(crate) struct BusinessResult {
    pub(crate) name: String,
    pub(crate) code: String,
    /// Names and codes.
    pub(crate) children: Vec<(String, String)>,
}

/// The business results of a VDN. A new VDN has two, of which one has children.
#[derive(Clone, Debug)]
pub(crate) struct BusinessResults(pub(crate) Vec<BusinessResult>);

// === impl BusinessResults ===

impl Default for BusinessResults {
    fn default() -> Self {
        let child = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        Self(vec![
            BusinessResult {
                name: "Interested".to_owned(),
                code: "123456".to_owned(),
                children: vec![child("Call back", "100001"), child("Ordered", "100002")],
            },
            BusinessResult {
                name: "Not interested".to_owned(),
                code: "NI-1".to_owned(),
                children: Vec::new(),
            },
        ])
    }
}

/// Adds business results until there are 70.
pub(crate) fn populate(vdn: &mut Vdn, rng: &mut Rng) {
    let results = &mut vdn.part_mut::<BusinessResults>().0;
    for number in results.len() + 1..=GENERATED {
        let children = (0..rng.usize(..3)).map(|child| {
            let name = format!("{} {child}", pick(rng, &REGIONS));
            (name, format!("{number}-{child}"))
        });
        results.push(BusinessResult {
            name: format!("Result {number}"),
            code: number.to_string(),
            children: children.collect(),
        });
    }
}
