//! Renames, resumes or pauses a call batch.

use isales_client::{
    Client,
    call_batch::{CallBatchRef, WantedStatus},
    quoted,
    switch::Switch,
};
use tfplugin::{
    call::Call,
    diagnostics::Diagnostic,
    resource::{ApplyFailure, State},
};

use super::{lists, located::located, model::CallBatchModel, verify::read_back};
use crate::{api_error, call_context::context, provider_data::ProviderData};

/// Makes the changes that the API has, one request each, and reads the batch back.
///
/// # Errors
/// With a state if one change was made and the other was not.
pub(super) async fn update(
    call: &mut Call<'_, ProviderData>,
    prior: CallBatchModel,
    planned: State<CallBatchModel>,
) -> Result<State<CallBatchModel>, ApplyFailure<CallBatchModel>> {
    let mut model = planned.model;
    if model.status.is_unknown() {
        // Not managed, and the server has not shown a status so far.
        model.status = prior.status;
    }
    let status = model.wanted_status()?;
    let (renames, switches) = (model.name != prior.name, model.status != prior.status);
    if !renames && !switches {
        (model.id, model.call_batch_id) = (prior.id, prior.call_batch_id);
        return Ok(State::new(model));
    }
    let client = call.data.api()?;
    let campaign = model.campaign(call.data)?;
    let batch = located(call, client, campaign, &prior).await?;
    let batch = batch.ok_or_else(|| not_found(&prior))?;
    model.set_id(campaign, &batch.call_batch_id);

    let _writing = lists::writing(call, campaign);
    if renames {
        rename(call, client, &batch, &prior, model.name()).await?;
    }
    if switches && let Some(status) = status {
        let switched = switch(call, client, &batch, model.name(), status).await;
        switched.map_err(|diagnostic| {
            let status = prior.status;
            let state = CallBatchModel {
                status,
                ..model.clone()
            };
            ApplyFailure::with_state(diagnostic, State::new(state))
        })?;
    }
    let status = status.filter(|_| switches);
    read_back(call, client, &batch, model.name(), status).await;
    Ok(State::new(model))
}

async fn rename(
    call: &Call<'_, ProviderData>,
    client: &Client,
    batch: &CallBatchRef,
    prior: &CallBatchModel,
    name: &str,
) -> Result<(), Diagnostic> {
    let renamed = client.rename_call_batch(batch, name, context(call)).await;
    renamed.map_err(|error| {
        let attempt = format!(
            "Call batch {} of campaign {} could not be renamed to {}",
            quoted(prior.name()),
            batch.campaign,
            quoted(name)
        );
        api_error::diagnostic(&attempt, &error)
    })
}

async fn switch(
    call: &Call<'_, ProviderData>,
    client: &Client,
    batch: &CallBatchRef,
    name: &str,
    status: WantedStatus,
) -> Result<(), Diagnostic> {
    let (switch, verb) = match status {
        WantedStatus::Started => (Switch::Resume, "resumed"),
        WantedStatus::Suspended => (Switch::Pause, "paused"),
    };
    let switched = client.switch_call_batch(batch, switch, context(call)).await;
    switched.map(|_| ()).map_err(|error| {
        let (name, campaign) = (quoted(name), batch.campaign);
        let attempt = format!("Call batch {name} of campaign {campaign} could not be {verb}");
        api_error::diagnostic(&attempt, &error)
    })
}

/// The error for a batch that is gone since the plan.
fn not_found(prior: &CallBatchModel) -> Diagnostic {
    Diagnostic::error(
        "Call Batch Not Found",
        format!(
            "The campaign has no call batch named {} any more, so nothing was changed. Plan again.",
            quoted(prior.name())
        ),
    )
}
