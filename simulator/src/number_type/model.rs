//! The number types of a VDN.

/// Valid names: up to 20 digits, letters and hyphens.
const USUAL: [&str; 6] = ["ST", "SI", "Mobile-1", "Mobile-2", "Home", "Office"];

/// The number types of a VDN, by name. A new VDN has the usual ones.
#[derive(Clone, Debug)]
pub(crate) struct NumberTypes(pub(crate) Vec<String>);

// === impl NumberTypes ===

impl Default for NumberTypes {
    fn default() -> Self {
        Self(USUAL.map(str::to_owned).to_vec())
    }
}
