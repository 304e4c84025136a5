//! Comparison of texts.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Returns the text in Unicode's composed form, NFC. Terraform composes the accents of its strings,
/// and a server need not.
pub(crate) fn composed(text: &str) -> String {
    let composer = ComposingNormalizerBorrowed::new_nfc();
    composer.normalize(text).into_owned()
}
