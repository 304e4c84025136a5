//! Shows, in the plan of a create, the policy that it replaces.

use std::time::Duration;

use isales_client::{
    CampaignRef, Client,
    retry_policy::{PolicyLookup, equivalent},
};
use tfplugin::{call::Call, model::Attr};

use super::{
    display::shown, earlier::Earlier, model::RetryPolicyModel, run_history::RunHistory,
    sightings::Sightings, state::campaign,
};
use crate::{call_context::context, provider_data::ProviderData};

/// The longest time that a plan waits for the server. A create does not need the answer, so a server
/// in trouble holds up a plan only once.
const LIMIT: Duration = Duration::from_secs(5);

/// Warns if a planned create replaces a policy that the user does not know of.
///
/// Does nothing while the server, the campaign or the planned policy is not known, and never fails:
/// the create reads and reports by itself whatever this has missed.
pub(super) async fn warn(call: &mut Call<'_, ProviderData>, planned: &RetryPolicyModel) {
    // Without an ID, the VDN is not known, and must not be taken for the provider's.
    let (Attr::Known(_), Ok(client)) = (&planned.id, call.data.api()) else {
        return;
    };
    let (Ok(campaign), Ok(policy)) = (campaign(call.data, planned), planned.policy()) else {
        return;
    };
    if RunHistory::of(call).has_begun(call.data.server(), campaign) {
        // The policy is that of an object which this run has just destroyed.
        return;
    }
    let Some(current) = read(call, client, campaign).await else {
        return;
    };
    let sightings = Sightings::of(call);
    if let Some(current) = current.policy()
        && !equivalent(current, &policy)
        && !sightings.is_known(campaign, current)
    {
        sightings.note_known(campaign, current.clone());
        call.warn(
            "Create Replaces A Retry Policy",
            format!(
                "Campaign {campaign} already has a retry policy that this resource does not manage \
                 yet. Creating the resource replaces it. Current policy: {}. Planned policy: {}. \
                 To start from the current policy, import {campaign} instead.",
                shown(current),
                shown(&policy)
            ),
        );
    }
    sightings.note_read(campaign, current);
}

/// Reads the policy of a campaign in a single attempt. After a failure, no further attempt is made in
/// this run, and those under way end.
async fn read(
    call: &Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
) -> Option<Earlier> {
    let sightings = Sightings::of(call);
    let found = tokio::select! {
        biased;
        () = call.cancel.cancelled() => return None,
        () = sightings.failure().cancelled() => return None,
        found = client.query_retry_policy_once(campaign, LIMIT, context(call)) => found,
    };
    let history = RunHistory::of(call);
    let reason = match found {
        Ok(PolicyLookup::Found(stored)) => {
            history.note_query_answered();
            return Some(Earlier::Policy(stored.policy));
        }
        Ok(PolicyLookup::NotSet) => {
            history.note_query_answered();
            return Some(Earlier::None);
        }
        Ok(PolicyLookup::CampaignNotFound(_)) => {
            history.note_query_answered();
            return None;
        }
        // Only of this campaign.
        Ok(PolicyLookup::Unsupported) if history.was_query_answered() => return None,
        Ok(PolicyLookup::Unsupported) => "The server does not support the query",
        Err(error) => error.summary(),
    };
    log::warn!(
        campaign:% = campaign, reason = reason;
        "Not reading any more policies that this plan replaces"
    );
    sightings.failure().cancel();
    None
}
