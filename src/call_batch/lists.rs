//! The lists of call batches that the reads of one run share.

use std::sync::Arc;

use isales_client::{
    CampaignRef, Client, Error,
    call_batch::{CallBatch, CallBatchFilter},
};
use tfplugin::call::Call;

use crate::{
    call_context::context,
    provider_data::ProviderData,
    shared_list::{SharedLists, Writing},
};

/// The lists of call batches, by campaign.
type CallBatchLists = SharedLists<CampaignRef, CallBatch>;

/// Finds a call batch of a campaign. `None` if there is none, or the campaign does not exist.
///
/// # Errors
/// Those of the client.
pub(super) async fn find(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    is_it: impl Fn(&CallBatch) -> bool,
) -> Result<Option<CallBatch>, Error> {
    let request = || async {
        let filter = CallBatchFilter::default();
        match client
            .call_batches(campaign, &filter, context(call))
            .all()
            .await
        {
            Err(Error::Api(error)) if error.is_not_found() => Ok(Vec::new()),
            listed => listed,
        }
    };
    lists(call)
        .find(campaign, call.cancel, is_it, request)
        .await
}

/// Marks the list of a campaign as being written to.
pub(super) fn writing(call: &Call<'_, ProviderData>, campaign: CampaignRef) -> Writing<CallBatch> {
    lists(call).writing(campaign)
}

fn lists(call: &Call<'_, ProviderData>) -> Arc<CallBatchLists> {
    call.session()
}
