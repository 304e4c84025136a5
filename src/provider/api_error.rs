//! Errors of the API client as diagnostics.

use super::places;
use crate::{isales, tf_provider::diagnostics::Diagnostic};

/// An error on the argument that it concerns, with what was tried in front.
pub(super) fn diagnostic(attempt: &str, error: &isales::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.summary(), format!("{attempt}: {error}"));
    match error.parameter() {
        Some(parameter) => diagnostic.at(places::argument(parameter)),
        None => diagnostic,
    }
}
