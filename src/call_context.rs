//! What can end a call to the API, as Terraform's call has it.

use isales_client::CallContext;
use tfplugin::call::Call;

use crate::provider_data::ProviderData;

/// Returns the context of the requests that a call makes: they end with it, and do not begin a wait
/// that its timeout would end.
pub(crate) fn context(call: &Call<'_, ProviderData>) -> CallContext {
    CallContext::new(call.cancel, call.deadline())
}
