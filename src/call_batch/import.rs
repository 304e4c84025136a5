//! Imports an existing call batch.

use isales_client::{
    CampaignRef,
    call_batch::{CallBatch, CallBatchRef},
    id::IdError,
};
use tfplugin::{call::Call, diagnostics::Diagnostic, path::AttributePath, resource::State};

use super::{
    lists,
    model::{CallBatchIdentity, CallBatchModel},
};
use crate::{api_error, import_id::ImportForm, provider_data::ProviderData};

/// Reads the batch to import.
pub(super) async fn import(
    call: &mut Call<'_, ProviderData>,
    batch: &CallBatchRef,
) -> Result<State<CallBatchModel>, Diagnostic> {
    let client = call.data.api()?;
    let campaign = batch.campaign;
    let is_it = |one: &CallBatch| one.call_batch_id == batch.call_batch_id;
    let found = lists::find(call, client, campaign, is_it).await;
    let found = found.map_err(|error| {
        let attempt = format!("The call batches of campaign {campaign} could not be listed");
        api_error::diagnostic(&attempt, &error)
    })?;
    let found = found.ok_or_else(|| {
        Diagnostic::error(
            "Nothing To Import",
            format!(
                "Campaign {campaign} has no call batch {}, or does not exist. Import by \
                 vdn_id/campaign_id/call_batch_id, with an ID that isales_call_batches shows.",
                batch.call_batch_id
            ),
        )
    })?;
    Ok(State::new(CallBatchModel::found(campaign, &found)))
}

/// Parses an import ID: `vdn_id/campaign_id/call_batch_id`, or `campaign_id/call_batch_id` if the
/// provider has a VDN.
pub(super) fn batch_of_id(data: &ProviderData, id: &str) -> Result<CallBatchRef, Diagnostic> {
    let form = ImportForm {
        names: ["campaign_id", "call_batch_id"],
        example: ["46", "174712034211433247704877116507"],
    };
    let (vdn_id, [campaign_id, call_batch_id]) = form.parse(data, id)?;
    Ok(CallBatchRef {
        campaign: CampaignRef {
            vdn_id,
            campaign_id: form.part(campaign_id)?,
        },
        call_batch_id: form.part(call_batch_id)?,
    })
}

/// Returns the batch that an identity names.
pub(super) fn batch_of_identity(
    data: &ProviderData,
    identity: &CallBatchIdentity,
) -> Result<CallBatchRef, Diagnostic> {
    let call_batch_id = identity.call_batch_id.clone().known().unwrap_or_default();
    let call_batch_id = call_batch_id.parse().map_err(|error: IdError| {
        Diagnostic::error("Invalid Import ID", error.to_string())
            .at(AttributePath::attribute("call_batch_id"))
    })?;
    Ok(CallBatchRef {
        campaign: data.campaign_ref(identity.vdn_id.known(), identity.campaign_id.known())?,
        call_batch_id,
    })
}
