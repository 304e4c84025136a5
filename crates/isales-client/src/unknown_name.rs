//! The error of settings that are chosen by name.

/// A name that is not one of a setting's values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not one of the values. Use {expected}.")]
pub struct UnknownName {
    expected: &'static str,
    found: String,
}

impl UnknownName {
    pub(super) fn new(expected: &'static str, found: &str) -> Self {
        Self {
            expected,
            found: found.to_owned(),
        }
    }
}
