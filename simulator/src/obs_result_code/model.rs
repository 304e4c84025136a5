//! The OBS result codes of a VDN.

/// The first codes of the example, with descriptions of our own.
const USUAL: [(&str, &str); 5] = [
    ("00602", "The called party is busy"),
    ("00603", "The called party does not answer"),
    ("00604", "The called phone is switched off"),
    ("00605", "The called phone is out of reach"),
    ("00606", "The called number does not exist"),
];
/// The number of codes in the example: three pages of at most 50.
const COUNT: usize = 120;
const FIRST: usize = 602;

/// The OBS result codes of a VDN, with their descriptions. All VDNs have the same.
#[derive(Clone, Debug)]
pub(crate) struct ObsResultCodes(pub(crate) Vec<(String, String)>);

// === impl ObsResultCodes ===

impl Default for ObsResultCodes {
    fn default() -> Self {
        let code = |index: usize| {
            let usual = USUAL.get(index).map(|(_, text)| (*text).to_owned());
            let text = usual.unwrap_or_else(|| format!("Failure of the network, number {index}"));
            (format!("{:05}", FIRST + index), text)
        };
        Self((0..COUNT).map(code).collect())
    }
}
