//! Updates the resource: sets a different policy for a campaign that Terraform manages.

use isales_client::retry_policy::equivalent;
use tfplugin::call::Call;

use super::{
    conflict::{self, Precheck},
    errors::campaign_not_found,
    model::RetryPolicyModel,
    run_history::RunHistory,
    set::{Applied, Operation, policy, set},
    state::{RetryPolicyState, campaign},
};
use crate::provider_data::ProviderData;

/// Sets the planned policy, unless only arguments that the API does not have differ.
pub(super) async fn update(
    call: &mut Call<'_, ProviderData>,
    prior: RetryPolicyModel,
    planned: RetryPolicyState,
) -> Applied {
    let policy = policy(&planned.model)?;
    let seen = prior.without_validation();
    let mut state = planned;
    if seen.as_ref().is_some_and(|seen| equivalent(seen, &policy)) {
        state.model.retry_policy_id = prior.retry_policy_id;
        return Ok(state);
    }
    let client = call.data.api()?;
    let campaign = campaign(call.data, &state.model)?;
    let history = RunHistory::of(call);
    let _turn = history.lock(call, campaign).await?;
    let precheck = conflict::check(call, client, campaign, &state.model, seen.as_ref(), &policy);
    let earlier = match precheck.await? {
        // Even a policy that the server already has is set, so that the server confirms it.
        Precheck::Proceed(earlier) | Precheck::AlreadySet(earlier) => earlier,
        Precheck::CampaignNotFound(code) => return Err(campaign_not_found(campaign, &code).into()),
    };
    let set = set(
        call,
        client,
        campaign,
        &policy,
        &earlier,
        state,
        Operation::Update,
    );
    set.await.map(|(state, _)| state)
}
