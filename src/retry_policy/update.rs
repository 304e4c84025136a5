//! Update: another policy for a campaign that Terraform manages.

use isales_client::{self, retry_policy::equivalent};
use tfplugin::call::Call;

use super::{
    RetryPolicyModel, RetryPolicyState, campaign,
    conflict::{self, Precheck},
    set::{Applied, Operation, campaign_missing, policy, set},
};
use crate::provider_data::ProviderData;

/// Sets another policy, unless only Terraform's own arguments differ.
pub(super) async fn update(
    call: &mut Call<'_, ProviderData>,
    prior: RetryPolicyModel,
    mut state: RetryPolicyState,
) -> Applied {
    let policy = policy(&state.model)?;
    let seen = prior.without_validation();
    state.private.get_or_insert_default();
    if seen.as_ref().is_some_and(|seen| equivalent(seen, &policy)) {
        state.model.retry_policy_id = prior.retry_policy_id;
        return Ok(state);
    }
    let client = call.data.api()?;
    let campaign = campaign(call.data, &state.model)?;
    let precheck = conflict::check(call, client, campaign, &state.model, seen.as_ref(), &policy);
    match precheck.await? {
        // What is there already is set all the same: only then has the server confirmed it.
        Precheck::Proceed | Precheck::AlreadySet => {}
        Precheck::CampaignGone => return Err(campaign_missing(campaign).into()),
    }
    set(call, client, campaign, &policy, state, Operation::Update).await
}
