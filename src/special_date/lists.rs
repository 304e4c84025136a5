//! The lists of campaigns, which the reads of one run share: the API has no query for a single special
//! date.

use std::sync::Arc;

use isales_client::{
    CampaignRef, Client, Error,
    special_date::{ListedDate, ListedDates},
};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use crate::{
    api_error,
    call_context::context,
    provider_data::ProviderData,
    shared_list::{SharedLists, Writing},
};

/// An entry of a list: a special date, or why it cannot be read.
type Row = Result<ListedDate, Error>;

/// The lists of special dates, by campaign.
type SpecialDateLists = SharedLists<CampaignRef, Row>;

/// Finds a special date of a campaign. `None` if there is none, or the campaign does not exist.
///
/// # Errors
/// Those of the client. Where no entry is the date, and one cannot be read, that may be it.
pub(super) async fn find(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    is_it: impl Fn(&ListedDate) -> bool,
) -> Result<Option<ListedDate>, Error> {
    let request = || async {
        let ListedDates { dates, unreadable } = now(call, client, campaign).await?;
        let rows = dates.into_iter().map(Ok);
        Ok(rows.chain(unreadable.map(Err)).collect())
    };
    let lists = lists(call);
    let is_date = |row: &Row| row.as_ref().is_ok_and(&is_it);
    match lists.find(campaign, call.cancel, is_date, request).await? {
        Some(row) => row.map(Some),
        None => lists
            .find(campaign, call.cancel, Row::is_err, request)
            .await?
            .transpose(),
    }
}

/// Returns the special dates that the server has now. A campaign that does not exist has none.
///
/// # Errors
/// Those of the client.
pub(super) async fn now(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
) -> Result<ListedDates, Error> {
    match client.special_dates(campaign, context(call)).await {
        Err(Error::Api(error)) if error.is_not_found() => Ok(ListedDates::default()),
        listed => listed,
    }
}

/// Marks the list of a campaign as being written to.
pub(super) fn writing(call: &Call<'_, ProviderData>, campaign: CampaignRef) -> Writing<Row> {
    lists(call).writing(campaign)
}

/// The error of a list that failed.
pub(super) fn unreadable(campaign: CampaignRef, error: &Error) -> Diagnostic {
    let attempt = format!("The special dates of campaign {campaign} could not be read");
    api_error::diagnostic(&attempt, error)
}

fn lists(call: &Call<'_, ProviderData>) -> Arc<SpecialDateLists> {
    call.session()
}
