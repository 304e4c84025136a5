//! Updates text and OBS codes of a definition.

use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{
    create::Applied,
    existing::Existing,
    model::{CallResultModel, CallResultState},
    verify::{Verified, kept_other, read_back, warn_unread},
};
use crate::{api_error, call_context::context, provider_data::ProviderData};

/// Sends the planned definition, unless only arguments that the API does not have differ, and reads it
/// back.
pub(super) async fn update(
    call: &mut Call<'_, ProviderData>,
    prior: &CallResultModel,
    planned: CallResultState,
) -> Applied {
    let definition = planned.model.definition()?;
    let earlier = prior.definition().ok();
    if earlier
        .as_ref()
        .is_some_and(|earlier| definition.is_kept_as(earlier))
    {
        return Ok(planned);
    }
    let client = call.data.api()?;
    let id = planned.model.reference(call.data)?;
    let updated = client
        .update_call_result(&id, &definition, context(call))
        .await;
    if let Err(error) = updated {
        let is_gone = matches!(error, isales_client::Error::Api(_))
            && matches!(
                Existing::of(call, id.vdn_id).find(call, client, &id).await,
                Ok(None)
            );
        let attempt = format!("The call result {id} could not be updated");
        let mut diagnostic = api_error::diagnostic(&attempt, &error);
        if is_gone {
            diagnostic = Diagnostic::error(
                "Call Result Not Found",
                format!(
                    "{} It is no longer in the list either; the next plan creates it again.",
                    diagnostic.detail
                ),
            );
        }
        // The prior state stays: the next plan reads the server.
        return Err(diagnostic.into());
    }
    match read_back(call, client, &id, &definition, earlier.as_ref()).await {
        Verified::Kept(_) => Ok(planned),
        Verified::Other(stored) => Err(kept_other(&id, &definition, &stored, planned)),
        Verified::NotShownYet(waited) => {
            call.warn(
                "Call Result Not Shown Yet",
                format!(
                    "The server has confirmed the call result {id}, but {} seconds later it still \
                     showed the one from before. The state contains the confirmed one; the next \
                     plan reads the server again.",
                    waited.as_secs()
                ),
            );
            Ok(planned)
        }
        Verified::Unread(error) => {
            warn_unread(call, &id, &error);
            Ok(planned)
        }
    }
}
