//! Errors of the API client as diagnostics.

use tfplugin::diagnostics::Diagnostic;

use crate::attribute_paths;

/// Converts an error into a diagnostic on the argument it concerns, prefixed with the failed attempt.
pub(super) fn diagnostic(attempt: &str, error: &isales_client::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.summary(), format!("{attempt}: {error}"));
    match error.parameter() {
        Some(parameter) => diagnostic.at(attribute_paths::argument(parameter)),
        None => diagnostic,
    }
}
