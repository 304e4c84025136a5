//! What a handler is given beside its values.

use tokio_util::sync::CancellationToken;

use super::diagnostics::{Diagnostic, Diagnostics};

/// One call from Terraform, as the author of a handler sees it.
#[derive(Debug)]
pub struct Call<'a, C> {
    /// What [`Provider::configure`](super::provider::Provider::configure) made.
    pub data: &'a C,
    /// Set when the user wants to stop: end waits, send nothing more.
    pub cancel: &'a CancellationToken,
    /// Warnings for the user, beside the result.
    pub diagnostics: Diagnostics,
}

// === impl Call ===

impl<'a, C> Call<'a, C> {
    pub(super) fn new(data: &'a C, cancel: &'a CancellationToken) -> Self {
        Self {
            data,
            cancel,
            diagnostics: Diagnostics::new(),
        }
    }

    /// Tells the user something that does not fail the call.
    pub fn warn(&mut self, summary: impl Into<String>, detail: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(summary, detail));
    }
}
