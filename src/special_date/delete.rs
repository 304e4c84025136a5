//! Deletes a special date.

use isales_client::{Client, Error, special_date::SpecialDateRef};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{
    lists::{self, unreadable},
    model::SpecialDateModel,
    read,
};
use crate::{api_error, call_context::context, lag::read_until_shown, provider_data::ProviderData};

/// Deletes a special date, and makes sure that the list no longer has it.
///
/// # Errors
/// The date was not deleted, or may still exist. It stays in the state.
pub(super) async fn delete(
    call: &mut Call<'_, ProviderData>,
    prior: &SpecialDateModel,
) -> Result<(), Diagnostic> {
    let client = call.data.api()?;
    let Some(id) = located(call, client, prior).await? else {
        return Ok(());
    };
    let _writing = lists::writing(call, id.campaign);
    if let Err(error) = client.delete_special_date(id, context(call)).await {
        let attempt = format!("The special date {id} could not be deleted");
        return Err(api_error::diagnostic(&attempt, &error));
    }
    let read = || async {
        let listed = lists::now(call, client, id.campaign).await?;
        Ok::<_, Error>(listed.by_id(id.special_date_id)?.is_some())
    };
    match read_until_shown(call, read, |is_listed| *is_listed).await {
        Ok(last) => match last.waited_in_vain {
            None => Ok(()),
            Some(waited) => Err(Diagnostic::error(
                "Special Date Not Deleted",
                format!(
                    "CC-iSales confirmed that the special date {id} is deleted, but {} seconds later \
                     it still listed it. It stays in the state. Destroy it again.",
                    waited.as_secs()
                ),
            )),
        },
        Err(error) => {
            call.warn(
                "Special Date Not Verified",
                format!(
                    "The server has confirmed that the special date {id} is deleted, but the list \
                     could not be read afterwards: {error} Check the campaign in CC-iSales."
                ),
            );
            Ok(())
        }
    }
}

/// Returns the special date of a state, whose ID is missing after a create whose outcome was open.
async fn located(
    call: &Call<'_, ProviderData>,
    client: &Client,
    prior: &SpecialDateModel,
) -> Result<Option<SpecialDateRef>, Diagnostic> {
    if prior.special_date_id.known().is_some() {
        return prior.reference(call.data).map(Some);
    }
    let campaign = prior.campaign(call.data)?;
    let found = read::find(call, client, campaign, prior).await;
    let found = found.map_err(|error| unreadable(campaign, &error))?;
    Ok(found.map(|found| SpecialDateRef {
        campaign,
        special_date_id: found.id,
    }))
}
