//! Deletes a call batch.

use isales_client::quoted;
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{lists, located::located, model::CallBatchModel, verify::check_deleted};
use crate::{api_error, call_context::context, provider_data::ProviderData};

/// Deletes the batch, unless it is gone already, and checks that the list no longer shows it.
pub(super) async fn delete(
    call: &mut Call<'_, ProviderData>,
    prior: &CallBatchModel,
) -> Result<(), Diagnostic> {
    let client = call.data.api()?;
    let campaign = prior.campaign(call.data)?;
    let Some(batch) = located(call, client, campaign, prior).await? else {
        return Ok(());
    };
    let name = prior.name();
    let _writing = lists::writing(call, campaign);
    let deleted = client.delete_call_batch(&batch, context(call)).await;
    deleted.map_err(|error| {
        let name = quoted(name);
        let attempt = format!("Call batch {name} of campaign {campaign} could not be deleted");
        api_error::diagnostic(&attempt, &error)
    })?;
    check_deleted(call, client, &batch, name).await
}
