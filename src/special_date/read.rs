//! Refreshes a special date.

use isales_client::{CampaignRef, Client, Error, special_date::ListedDate};
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::State};

use super::{
    lists::{self, unreadable},
    model::SpecialDateModel,
};
use crate::provider_data::ProviderData;

/// Returns the special date as the server has it now, or `None` if it or its campaign is gone.
pub(super) async fn read(
    call: &mut Call<'_, ProviderData>,
    mut state: State<SpecialDateModel>,
) -> Result<Option<State<SpecialDateModel>>, Diagnostic> {
    let client = match call.data.api() {
        Ok(client) => client,
        Err(pending) => {
            // A plan can rely on the state; apply reads again.
            call.warn("Special Date Not Refreshed", pending.detail);
            return Ok(Some(state));
        }
    };
    let model = &mut state.model;
    let campaign = model.campaign(call.data)?;
    let found = find(call, client, campaign, model).await;
    match found.map_err(|error| unreadable(campaign, &error))? {
        Some(found) => {
            model.set(campaign, found);
            Ok(Some(state))
        }
        None => {
            log::info!(campaign:% = campaign; "The special date is gone");
            Ok(None)
        }
    }
}

/// Finds the special date of a state by its ID. A state without an ID is from a create whose outcome was
/// open: the date has the name and all other values that were sent, or it is not that date.
///
/// # Errors
/// Those of the client.
pub(super) async fn find(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    model: &SpecialDateModel,
) -> Result<Option<ListedDate>, Error> {
    let sent = model.special_date();
    let is_it = |listed: &ListedDate| match model.special_date_id.known() {
        Some(id) => listed.id.get() == id,
        None => listed.date == sent,
    };
    lists::find(call, client, campaign, is_it).await
}
