//! Creates a definition.

use isales_client::{
    Client, CreateError, VdnId,
    call_result::{CallResultDefinition, CallResultRef, DefId},
};
use tfplugin::{
    call::Call,
    diagnostics::Diagnostic,
    resource::{ApplyFailure, State},
};

use super::{
    display::shown,
    existing::Existing,
    model::{CallResultModel, CallResultState, with_code},
    verify::{Verified, kept_other, read_back, warn_unread},
};
use crate::{api_error, call_context::context, provider_data::ProviderData};

pub(super) type Applied = Result<CallResultState, ApplyFailure<CallResultModel>>;

/// Creates the planned definition and reads it back, which also shows the code that the server chose.
pub(super) async fn create(
    call: &mut Call<'_, ProviderData>,
    mut planned: CallResultModel,
) -> Applied {
    let client = call.data.api()?;
    let vdn_id = call.data.resolve_vdn_id(planned.vdn_id.known())?;
    let definition = planned.definition()?;
    let def_id = create_once(call, client, vdn_id, &definition).await?;
    let id = CallResultRef { vdn_id, def_id };
    planned.set_id(&id);
    let state = State::new(planned);
    match read_back(call, client, &id, &definition, None).await {
        Verified::Kept(stored) => Ok(with_code(state, stored.result_code)),
        Verified::Other(stored) => Err(kept_other(&id, &definition, &stored, state)),
        // Nothing was there before, so whatever is shown is the new definition.
        Verified::NotShownYet(_) => Ok(with_code(state, None)),
        Verified::Unread(error) => {
            if definition.result_code.is_some() {
                warn_unread(call, &id, &error);
                return Ok(state);
            }
            let listed = Existing::of(call, vdn_id).find(call, client, &id).await;
            if let Ok(Some(listed)) = listed {
                warn_unread(call, &id, &error);
                return Ok(with_code(state, Some(listed.result_code)));
            }
            Err(without_code(&id, &error, state))
        }
    }
}

/// Creates a definition, unless it fails, exactly once.
async fn create_once(
    call: &Call<'_, ProviderData>,
    client: &Client,
    vdn_id: VdnId,
    definition: &CallResultDefinition,
) -> Result<DefId, Diagnostic> {
    let existing = Existing::of(call, vdn_id);
    let _turn = existing.turn(call, definition).await?;
    let before = existing.before(call, client, vdn_id).await;
    let before = before.map_err(|error| {
        let attempt = format!(
            "The call results of VDN {vdn_id} could not be listed, and nothing was created"
        );
        api_error::diagnostic(&attempt, &error)
    })?;
    let created = client
        .create_call_result(vdn_id, definition, &before, context(call))
        .await;
    let def_id = created.map_err(|failure| not_created(vdn_id, definition, &failure))?;
    existing.note_created(&def_id);
    Ok(def_id)
}

/// The error of a create. If there may be a new definition, it says how to find it: without its ID
/// there is no state that Terraform could keep.
fn not_created(
    vdn_id: VdnId,
    definition: &CallResultDefinition,
    failure: &CreateError<DefId>,
) -> Diagnostic {
    let attempt = format!(
        "The call result of VDN {vdn_id} could not be created ({})",
        shown(definition)
    );
    let mut diagnostic = api_error::diagnostic(&attempt, &failure.error);
    if !failure.error.may_have_taken_effect() {
        return diagnostic;
    }
    let advice = match failure.candidates.as_deref() {
        None => {
            "The list could not be read to find out. Before you apply again, look for the call \
             result with isales_call_results or in CC-iSales. If it exists, import it by \
             vdn_id/def_id; otherwise apply would create a second one."
                .to_owned()
        }
        Some([]) => {
            "The list shows no new call result like it so far. Before you apply again, look once \
             more with isales_call_results or in CC-iSales. If it has appeared, import it by \
             vdn_id/def_id; otherwise apply would create a second one."
                .to_owned()
        }
        Some(candidates) => {
            diagnostic.summary = "New Call Result Not Identified".into();
            let ids: Vec<_> = candidates
                .iter()
                .map(|def_id| format!("{vdn_id}/{def_id}"))
                .collect();
            format!(
                "Several new call results are like it, and nothing tells which of them this \
                 resource has created: {}. Find out who has created the others, and import the \
                 right one by its ID, for example with terraform import ADDRESS {}; otherwise \
                 apply would create yet another one.",
                ids.join(", "),
                ids.first().map(String::as_str).unwrap_or_default()
            )
        }
    };
    api_error::add(&mut diagnostic, &format!(" {advice}"));
    diagnostic
}

/// The failure of a create whose code nobody knows. The ID is known, so the object is in the state.
fn without_code(
    id: &CallResultRef,
    error: &isales_client::Error,
    state: CallResultState,
) -> ApplyFailure<CallResultModel> {
    let diagnostic = Diagnostic::error(
        "Result Code Not Known",
        format!(
            "The server has created the call result {id} and chosen its code, but the code could not \
             be read: {error} The resource is in the state and marked as tainted. To keep it, run \
             terraform untaint with its address; the next plan then reads the code."
        ),
    );
    ApplyFailure::with_state(diagnostic, with_code(state, None))
}
