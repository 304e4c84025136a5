//! Reads a call batch back after writes that the server has confirmed.

use std::time::Duration;

use isales_client::{
    Client, Error,
    call_batch::{CallBatch, CallBatchRef, CallBatchStatus, WantedStatus},
    quoted,
};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use crate::{api_error, call_context::context, lag::read_until_shown, provider_data::ProviderData};

/// What the list shows after the server has confirmed a write.
enum Shown {
    /// The batch, as the write leaves it.
    Written(CallBatch),
    /// Still what was there before, after a wait of this duration.
    Earlier(Duration),
    /// It could not be read.
    Unread(Error),
}

/// Reads a batch back until the list shows it with this name and, if it is given, this status. Warns if
/// that cannot be seen. Returns the batch as it is shown then.
pub(super) async fn read_back(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    batch: &CallBatchRef,
    name: &str,
    status: Option<WantedStatus>,
) -> Option<CallBatch> {
    let shown = shown(call, client, batch, name, status).await;
    let (name, campaign) = (quoted(name), batch.campaign);
    match shown {
        Shown::Written(found) => return Some(found),
        Shown::Earlier(waited) => call.warn(
            "Call Batch Not Shown Yet",
            format!(
                "The server has confirmed call batch {name} of campaign {campaign}, but {} \
                 seconds later its list still showed what was there before. The state contains the \
                 confirmed call batch; the next plan reads the list again.",
                waited.as_secs()
            ),
        ),
        Shown::Unread(error) => call.warn(
            "Call Batch Not Verified",
            format!(
                "The server has confirmed call batch {name} of campaign {campaign}, but it could \
                 not be read back: {}",
                api_error::not_read_back(&error)
            ),
        ),
    }
    None
}

async fn shown(
    call: &Call<'_, ProviderData>,
    client: &Client,
    batch: &CallBatchRef,
    name: &str,
    status: Option<WantedStatus>,
) -> Shown {
    let read = || client.find_call_batch(batch.campaign, name, context(call));
    let is_written = |found: &CallBatch| {
        found.call_batch_id == batch.call_batch_id && has_status(found.status, status)
    };
    let lags = |found: &Option<CallBatch>| !found.as_ref().is_some_and(is_written);
    match read_until_shown(call, read, lags).await {
        Ok(last) => match (last.value, last.waited_in_vain) {
            (Some(found), None) => Shown::Written(found),
            (_, waited) => Shown::Earlier(waited.unwrap_or_default()),
        },
        Err(error) => Shown::Unread(error),
    }
}

/// Whether a batch has the status that it was given. One that the API reference does not list does not
/// contradict it.
fn has_status(shown: Option<CallBatchStatus>, wanted: Option<WantedStatus>) -> bool {
    match (shown, wanted) {
        (None | Some(CallBatchStatus::Other(_)), _) | (_, None) => true,
        (Some(shown), Some(wanted)) => shown == wanted.into(),
    }
}

/// Reads the list until it no longer shows a batch whose deletion was confirmed.
///
/// # Errors
/// The list shows it to the end.
pub(super) async fn check_deleted(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    batch: &CallBatchRef,
    name: &str,
) -> Result<(), Diagnostic> {
    let campaign = batch.campaign;
    let read = || client.find_call_batch(campaign, name, context(call));
    let is_shown = |found: &Option<CallBatch>| {
        let id = found.as_ref().map(|found| &found.call_batch_id);
        id == Some(&batch.call_batch_id)
    };
    let last = read_until_shown(call, read, is_shown).await;
    let name = quoted(name);
    let last = match last {
        Ok(last) => last,
        // The campaign was deleted with its batches.
        Err(Error::Api(error)) if error.is_not_found() => return Ok(()),
        Err(error) => {
            call.warn(
                "Call Batch Not Verified",
                format!(
                    "The server has confirmed the deletion of call batch {name} of campaign \
                     {campaign}, but its list could not be read: {error} Check the campaign in \
                     CC-iSales."
                ),
            );
            return Ok(());
        }
    };
    let Some(waited) = last.waited_in_vain else {
        return Ok(());
    };
    Err(Diagnostic::error(
        "Call Batch Not Deleted",
        format!(
            "CC-iSales confirmed the deletion of call batch {name} of campaign {campaign}, but {} \
             seconds later it still showed it. Plan again: if it is gone by then, the resource leaves \
             the state.",
            waited.as_secs()
        ),
    ))
}
