//! Queries a policy for the operations of the resource.

use isales_client::{CampaignRef, Client, Error, retry_policy::PolicyLookup};
use tfplugin::call::Call;

use super::run_history::RunHistory;
use crate::{call_context::context, provider_data::ProviderData};

/// Queries the policy of a campaign, and notes that the server supports the query.
///
/// # Errors
/// Those of the client.
pub(super) async fn query(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
) -> Result<PolicyLookup, Error> {
    let found = client.query_retry_policy(campaign, context(call)).await;
    if let Ok(PolicyLookup::Found(_) | PolicyLookup::NotSet | PolicyLookup::CampaignNotFound(_)) =
        found
    {
        RunHistory::of(call).note_query_answered();
    }
    found
}

/// Queries a policy that is expected to exist. Its absence counts only if two replies in a row say
/// so: after a single reply that lost its data, the policy would leave the state but still apply.
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
