//! Calls in flight: how they are stopped, and what becomes of one that panics.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
};

use tokio_util::sync::CancellationToken;

use crate::tf_provider::diagnostics::Diagnostic;

/// The token that all calls in flight share, until a stop replaces it.
#[derive(Debug, Default)]
pub(super) struct Calls(Mutex<CancellationToken>);

// === impl Calls ===

impl Calls {
    /// The token for a call that begins now.
    pub(super) fn begin(&self) -> CancellationToken {
        let current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }

    /// Cancels the calls in flight. Later ones are not affected.
    pub(super) fn stop(&self) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *current).cancel();
    }
}

/// Runs a handler apart from the connection that asked for it: it is not dropped half way when
/// the host hangs up, and a panic becomes a diagnostic.
///
/// # Errors
/// A diagnostic that names the call, if the handler panicked.
pub(super) async fn guarded<T: Send + 'static>(
    rpc: &'static str,
    handler: impl Future<Output = T> + Send + 'static,
) -> Result<T, Diagnostic> {
    tokio::spawn(handler).await.map_err(|_| {
        Diagnostic::error(
            "Provider Panic",
            format!(
                "The provider panicked in {rpc}. This is a defect in the provider; please report \
                 it with the log of TF_LOG=DEBUG. Run terraform plan to see what was done."
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_reaches_the_calls_in_flight_alone() {
        let calls = Calls::default();
        let (one, two) = (calls.begin(), calls.begin());
        calls.stop();
        assert!(one.is_cancelled() && two.is_cancelled());
        assert!(!calls.begin().is_cancelled());
    }

    #[tokio::test]
    async fn a_panic_becomes_a_diagnostic_that_names_the_call() {
        let error = guarded("ReadResource", async { panic!("on purpose") })
            .await
            .map(|(): ()| ())
            .unwrap_err();
        assert!(error.detail.contains("ReadResource"), "{}", error.detail);
        assert!(!error.detail.contains("on purpose"), "{}", error.detail);
    }
}
