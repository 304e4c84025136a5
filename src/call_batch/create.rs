//! Creates a call batch.

use isales_client::{
    CampaignRef, Created,
    call_batch::{CallBatchId, CallBatchRef, NewCallBatch},
    quoted,
};
use tfplugin::{
    call::Call,
    diagnostics::Diagnostic,
    model::Attr,
    path::AttributePath,
    resource::{ApplyFailure, State},
};

use super::{
    lists,
    model::{CallBatchModel, initial_status},
    verify::read_back,
};
use crate::{api_error, call_context::context, provider_data::ProviderData};

/// Creates a call batch, whose name no other one of the campaign may have, and reads it back.
///
/// # Errors
/// With a state without an ID if the batch may exist nevertheless.
pub(super) async fn create(
    call: &mut Call<'_, ProviderData>,
    planned: CallBatchModel,
) -> Result<State<CallBatchModel>, ApplyFailure<CallBatchModel>> {
    let client = call.data.api()?;
    let campaign = planned.campaign(call.data)?;
    let wanted = planned.wanted_status()?;
    let new = NewCallBatch {
        name: planned.name().to_owned(),
        status: wanted,
    };
    let writing = lists::writing(call, campaign);
    let created = client
        .create_call_batch(campaign, &new, context(call))
        .await;
    drop(writing);
    let mut model = planned;
    model.status = Attr::Known(initial_status(wanted));
    match created {
        Ok(Created::New(call_batch_id)) => {
            model.set_id(campaign, &call_batch_id);
            let batch = CallBatchRef {
                campaign,
                call_batch_id,
            };
            if let Some(found) = read_back(call, client, &batch, &new.name, wanted).await
                && wanted.is_none()
            {
                model.set(campaign, &found);
            }
            Ok(State::new(model))
        }
        Ok(Created::NameTaken(id)) => Err(name_taken(campaign, &new.name, &id).into()),
        Err(error) => {
            let name = quoted(&new.name);
            let attempt = format!("Call batch {name} of campaign {campaign} could not be created");
            let mut diagnostic = api_error::diagnostic(&attempt, &error);
            if !error.may_have_taken_effect() {
                return Err(diagnostic.into());
            }
            api_error::add(
                &mut diagnostic,
                " The next plan finds the call batch by its name. It replaces what it finds, unless \
                 you run terraform untaint first.",
            );
            (model.id, model.call_batch_id) = (Attr::Null, Attr::Null);
            Err(ApplyFailure::with_state(diagnostic, State::new(model)))
        }
    }
}

/// The error for a name that another batch has.
fn name_taken(campaign: CampaignRef, name: &str, id: &CallBatchId) -> Diagnostic {
    let name = quoted(name);
    Diagnostic::error(
        "Call Batch Name Already Used",
        format!(
            "Campaign {campaign} already has a call batch named {name}, and nothing was created. \
             Choose another name, or manage that call batch by importing {campaign}/{id}."
        ),
    )
    .at(AttributePath::attribute("name"))
}
