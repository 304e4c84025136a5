//! Finds the call batch of a state.

use isales_client::{CampaignRef, Client, call_batch::CallBatchRef, quoted};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{lists, model::CallBatchModel};
use crate::{api_error, provider_data::ProviderData};

/// Returns the batch of a state. After a create whose outcome was open, the state has no ID, and the
/// name finds the batch.
pub(super) async fn located(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    prior: &CallBatchModel,
) -> Result<Option<CallBatchRef>, Diagnostic> {
    if let Some(batch) = prior.batch(campaign) {
        return Ok(Some(batch));
    }
    let found = lists::find(call, client, campaign, |batch| prior.is(batch)).await;
    let found = found.map_err(|error| {
        let name = quoted(prior.name());
        let attempt = format!("Call batch {name} of campaign {campaign} could not be found");
        api_error::diagnostic(&attempt, &error)
    })?;
    Ok(found.map(|batch| CallBatchRef {
        campaign,
        call_batch_id: batch.call_batch_id,
    }))
}
