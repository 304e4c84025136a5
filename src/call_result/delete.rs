//! Deletes a definition.

use isales_client::{
    Error,
    call_result::{CallResultLookup, CallResultRef},
};
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr};

use super::{display::shown_code, existing::Existing, model::CallResultModel, verify::warn_unread};
use crate::{api_error, call_context::context, lag::read_until_shown, provider_data::ProviderData};

/// Deletes the definition, and checks that the server no longer shows it.
///
/// # Errors
/// The server refuses, for example because a retry policy names the code.
pub(super) async fn delete(
    call: &mut Call<'_, ProviderData>,
    prior: &CallResultModel,
) -> Result<(), Diagnostic> {
    let client = call.data.api()?;
    let id = prior.reference(call.data)?;
    if let Err(error) = client.delete_call_result(&id, context(call)).await {
        // No code says that the definition does not exist, but the list does.
        if let Error::Api(_) = error
            && let Ok(None) = Existing::of(call, id.vdn_id).find(call, client, &id).await
        {
            return Ok(());
        }
        return Err(not_deleted(&id, prior, &error));
    }
    let read = || client.call_result(&id, context(call));
    let is_shown = |lookup: &CallResultLookup| matches!(lookup, CallResultLookup::Found(_));
    let last = match read_until_shown(call, read, is_shown).await {
        Ok(last) => last,
        Err(error) => {
            warn_unread(call, &id, &error);
            return Ok(());
        }
    };
    match last.waited_in_vain {
        None => Ok(()),
        Some(waited) => Err(Diagnostic::error(
            "Call Result Not Deleted",
            format!(
                "CC-iSales confirmed the deletion of the call result {id}, but {} seconds later it \
                 still showed it. Plan again: if it is gone by then, the resource leaves the state.",
                waited.as_secs()
            ),
        )),
    }
}

fn not_deleted(id: &CallResultRef, prior: &CallResultModel, error: &Error) -> Diagnostic {
    let code = match &prior.result_code {
        Attr::Known(code) => format!(" (code {})", shown_code(code)),
        Attr::Null | Attr::Unknown => String::new(),
    };
    let attempt = format!("The call result {id}{code} could not be deleted");
    let mut diagnostic = api_error::diagnostic(&attempt, error);
    if let Error::Api(_) = error {
        api_error::add(
            &mut diagnostic,
            " If a retry policy names its code in no_retry_policy, remove it there first: a policy \
             that Terraform has abandoned keeps the code.",
        );
    }
    diagnostic
}
