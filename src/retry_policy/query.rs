//! Queries of a policy, as every operation of the resource makes them.

use isales_client::{CampaignRef, Client, Error, retry_policy::PolicyLookup};
use tfplugin::call::Call;

use super::run_history::RunHistory;
use crate::provider_data::ProviderData;

/// Queries the policy of a campaign, and remembers that the server has the query at all.
///
/// # Errors
/// Those of the client.
pub(super) async fn query(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
) -> Result<PolicyLookup, Error> {
    let found = client.query_retry_policy(campaign, call.cancel).await;
    if let Ok(PolicyLookup::Found(_) | PolicyLookup::NotSet | PolicyLookup::CampaignNotFound(_)) =
        found
    {
        RunHistory::of(call).note_query_answered();
    }
    found
}

/// Queries a policy that is expected to exist. Only two answers in a row that there is none are
/// believed: one reply that lost its data would make Terraform forget a policy that still decides
/// on calls.
///
/// # Errors
/// Those of the client.
pub(super) async fn query_expected(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
) -> Result<PolicyLookup, Error> {
    match query(call, client, campaign).await? {
        PolicyLookup::NotSet => query(call, client, campaign).await,
        found => Ok(found),
    }
}
