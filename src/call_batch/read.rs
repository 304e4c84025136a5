//! Refreshes a call batch.

use isales_client::quoted;
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::State};

use super::{lists, model::CallBatchModel};
use crate::{api_error, provider_data::ProviderData};

/// Returns the server's call batch, or `None` if it is gone.
pub(super) async fn read(
    call: &mut Call<'_, ProviderData>,
    mut state: State<CallBatchModel>,
) -> Result<Option<State<CallBatchModel>>, Diagnostic> {
    let client = match call.data.api() {
        Ok(client) => client,
        Err(pending) => {
            // A plan can rely on the state; apply reads again.
            call.warn("Call Batch Not Refreshed", pending.detail);
            return Ok(Some(state));
        }
    };
    let model = &mut state.model;
    let campaign = model.campaign(call.data)?;
    let found = lists::find(call, client, campaign, |batch| model.is(batch)).await;
    let found = found.map_err(|error| {
        let name = quoted(model.name());
        let attempt = format!("Call batch {name} of campaign {campaign} could not be read");
        api_error::diagnostic(&attempt, &error)
    })?;
    let Some(batch) = found else {
        log::info!(campaign:% = campaign, name = model.name(); "The call batch is gone");
        return Ok(None);
    };
    model.set(campaign, &batch);
    Ok(Some(state))
}
