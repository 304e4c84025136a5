//! Creates the resource: sets the policy of a campaign that Terraform did not manage.

use tfplugin::{call::Call, resource::State};

use super::{
    earlier::Earlier,
    errors::managed_twice,
    model::RetryPolicyModel,
    private::Private,
    run_history::{LastAction, RunHistory},
    set::{Applied, Certainty, Operation, policy, set},
    sightings::Sightings,
    state::campaign,
};
use crate::provider_data::ProviderData;

/// Sets the policy of a campaign that Terraform did not manage, or managed as a different object.
pub(super) async fn create(
    call: &mut Call<'_, ProviderData>,
    planned: RetryPolicyModel,
) -> Applied {
    let client = call.data.api()?;
    let campaign = campaign(call.data, &planned)?;
    let policy = policy(&planned)?;
    let history = RunHistory::of(call);
    let mut locked = history.lock(call, campaign).await?;
    if locked.is_created() {
        return Err(managed_twice(campaign).into());
    }
    let sightings = Sightings::of(call);
    // In an apply, Terraform has planned the object just before. What it read then is still true
    // unless this run has changed something since.
    let read_at_plan = sightings.take_read(campaign);
    let earlier = match read_at_plan.filter(|_| locked.is_first()) {
        Some(earlier) => earlier,
        None => Earlier::read(call, client, campaign).await?,
    };
    let is_known = |policy| sightings.is_known(campaign, policy);
    // The policy that a replaced object has left needs no warning: the user has seen it.
    let inherited = locked.inherited();
    let operation = Operation::Create {
        warn_of_replacement: inherited.is_none() && !earlier.policy().is_some_and(is_known),
    };
    let private = inherited.unwrap_or_else(|| Private::remembering(campaign, earlier.policy()));
    let state = State::with_private(planned, private.of_object(history.number()));
    let result = set(call, client, campaign, &policy, &earlier, state, operation).await;
    let (created, is_complete) = match &result {
        Ok((state, certainty)) => (Some(state), *certainty == Certainty::Verified),
        Err(failure) => (failure.state.as_ref(), false),
    };
    if let Some(private) = created.and_then(|created| created.private.clone()) {
        locked.set(LastAction::Created {
            private,
            is_complete,
        });
    }
    result.map(|(state, _)| state)
}
