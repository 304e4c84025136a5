//! Refreshes a definition.

use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{model::CallResultState, query::query};
use crate::{api_error, provider_data::ProviderData};

/// Returns the server's current definition, or `None` if it no longer exists.
pub(super) async fn read(
    call: &mut Call<'_, ProviderData>,
    mut state: CallResultState,
) -> Result<Option<CallResultState>, Diagnostic> {
    let client = match call.data.api() {
        Ok(client) => client,
        Err(pending) => {
            // A plan can rely on the state; apply reads again.
            call.warn("Call Result Not Refreshed", pending.detail);
            return Ok(Some(state));
        }
    };
    let id = state.model.reference(call.data)?;
    let stored = query(call, client, &id).await.map_err(|error| {
        let attempt = format!("The call result {id} could not be read");
        let mut diagnostic = api_error::diagnostic(&attempt, &error);
        api_error::add(
            &mut diagnostic,
            " To plan by the state alone, use -refresh=false.",
        );
        diagnostic
    })?;
    let Some(stored) = stored else {
        log::info!(call_result:% = id; "The call result is gone");
        return Ok(None);
    };
    state.model.set_id(&id);
    state.model.set_definition(&stored);
    Ok(Some(state))
}
