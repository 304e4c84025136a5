//! Queries a definition for the operations of the resource.

use isales_client::{
    Client, Error,
    call_result::{CallResultDefinition, CallResultLookup, CallResultRef},
};
use tfplugin::call::Call;

use super::existing::Existing;
use crate::{call_context::context, provider_data::ProviderData};

/// Queries a definition; `None` if it no longer exists. As no code for that is documented, the list
/// decides, which all operations of a run share.
///
/// # Errors
/// Those of the client, including the reason why a definition is not shown that the list contains.
pub(super) async fn query(
    call: &Call<'_, ProviderData>,
    client: &Client,
    id: &CallResultRef,
) -> Result<Option<CallResultDefinition>, Error> {
    let reason = match client.call_result(id, context(call)).await? {
        CallResultLookup::Found(stored) => return Ok(Some(stored)),
        CallResultLookup::NotShown(reason) => reason,
    };
    let existing = Existing::of(call, id.vdn_id);
    match existing.find(call, client, id).await? {
        Some(_) => Err(reason),
        None => Ok(None),
    }
}
