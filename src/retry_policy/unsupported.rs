//! Servers that cannot be asked for a retry policy.

use std::sync::atomic::{AtomicBool, Ordering};

use tfplugin::call::Call;

use crate::provider_data::ProviderData;

/// Whether this run has warned already.
#[derive(Debug, Default)]
struct Warned(AtomicBool);

/// Warns, once a run, that the server cannot be asked.
pub(super) fn warn_unsupported(call: &mut Call<'_, ProviderData>) {
    if !call.session::<Warned>().0.swap(true, Ordering::Relaxed) {
        call.warn(
            "Retry Policies Cannot Be Read",
            "This server has no interface for querying a retry policy, so Terraform goes by its \
             state: changes made elsewhere are not found, and what was set is not verified.",
        );
    }
}
