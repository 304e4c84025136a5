//! Comparison of texts.

use unicode_normalization::UnicodeNormalization as _;

/// Returns the text in Unicode's composed form, NFC. Terraform composes the accents of its strings,
/// and a server need not.
pub(crate) fn composed(text: &str) -> String {
    text.nfc().collect()
}
