//! Believing that a policy is gone.

use isales_client::{CampaignRef, Client, Error, Query};
use tokio_util::sync::CancellationToken;

/// Queries a policy that is expected to be there. "No policy" is believed when it is told twice:
/// one reply without its data would make Terraform forget a policy that still decides on calls.
pub(super) async fn query_expected(
    client: &Client,
    campaign: CampaignRef,
    cancel: &CancellationToken,
) -> Result<Query, Error> {
    match client.query_retry_policy(campaign, cancel).await? {
        Query::NotSet => client.query_retry_policy(campaign, cancel).await,
        told => Ok(told),
    }
}
