//! Reads a definition back after a write that the server has confirmed.

use std::time::Duration;

use isales_client::{
    Client, Error,
    call_result::{CallResultDefinition, CallResultLookup, CallResultRef},
};
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::ApplyFailure};

use super::{display::shown, model::CallResultState};
use crate::{api_error, call_context::context, lag::read_until_shown, provider_data::ProviderData};

/// What the server shows of a definition after it has confirmed a write.
pub(super) enum Verified {
    /// The definition that was sent.
    Kept(CallResultDefinition),
    /// A different one.
    Other(CallResultDefinition),
    /// Still what was there before, after a wait of this duration.
    NotShownYet(Duration),
    /// It could not be read.
    Unread(Error),
}

/// Reads a definition back until the server no longer shows `earlier`, the one from before an update,
/// or nothing, as before a create.
pub(super) async fn read_back(
    call: &Call<'_, ProviderData>,
    client: &Client,
    id: &CallResultRef,
    sent: &CallResultDefinition,
    earlier: Option<&CallResultDefinition>,
) -> Verified {
    let read = || client.call_result(id, context(call));
    let lags = |lookup: &CallResultLookup| match lookup {
        CallResultLookup::Found(stored) => {
            !sent.is_kept_as(stored) && earlier.is_some_and(|earlier| earlier.is_kept_as(stored))
        }
        CallResultLookup::NotShown(_) => earlier.is_none(),
    };
    let last = match read_until_shown(call, read, lags).await {
        Ok(last) => last,
        Err(error) => return Verified::Unread(error),
    };
    match (last.value, last.waited_in_vain) {
        (CallResultLookup::NotShown(reason), _) => Verified::Unread(reason),
        (CallResultLookup::Found(_), Some(waited)) => Verified::NotShownYet(waited),
        (CallResultLookup::Found(stored), None) if sent.is_kept_as(&stored) => {
            Verified::Kept(stored)
        }
        (CallResultLookup::Found(stored), None) => Verified::Other(stored),
    }
}

/// The failure of a write that the server has confirmed and carried out differently. The state shows
/// what it has kept.
pub(super) fn kept_other(
    id: &CallResultRef,
    sent: &CallResultDefinition,
    kept: &CallResultDefinition,
    mut state: CallResultState,
) -> ApplyFailure<super::model::CallResultModel> {
    state.model.set_definition(kept);
    let diagnostic = Diagnostic::error(
        "Server Kept Another Call Result",
        format!(
            "CC-iSales confirmed the call result {id}, but kept a different one. Sent: {}. Kept: {}. \
             Configure the call result that the server keeps.",
            shown(sent),
            shown(kept)
        ),
    );
    ApplyFailure::with_state(diagnostic, state)
}

/// Warns that a confirmed write could not be read back.
pub(super) fn warn_unread(call: &mut Call<'_, ProviderData>, id: &CallResultRef, error: &Error) {
    call.warn(
        "Call Result Not Verified",
        format!(
            "The server has confirmed the call result {id}, but it could not be read back: {}",
            api_error::not_read_back(error)
        ),
    );
}
