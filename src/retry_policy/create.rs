//! Create: the policy of a campaign that Terraform did not manage yet.

use isales_client::{
    self,
    retry_policy::{PolicyLookup, equivalent},
};
use tfplugin::{call::Call, resource::State};

use super::{
    RetryPolicyModel, campaign,
    private::Private,
    run_history::{LastAction, RunHistory},
    set::{Applied, Operation, campaign_missing, policy, set},
    unreadable,
    unsupported::warn_unsupported,
};
use crate::provider_data::ProviderData;

/// Sets the policy of a campaign that Terraform did not manage yet, or managed as another object.
pub(super) async fn create(
    call: &mut Call<'_, ProviderData>,
    planned: RetryPolicyModel,
) -> Applied {
    let client = call.data.api()?;
    let campaign = campaign(call.data, &planned)?;
    let policy = policy(&planned)?;
    let history = RunHistory::of(call);
    let mut done = history.lock(campaign).await;
    let found = client.query_retry_policy(campaign, call.cancel).await;
    let before = match found.map_err(|error| unreadable(campaign, &error))? {
        PolicyLookup::Found(stored) => Some(stored.policy),
        PolicyLookup::NotSet => None,
        PolicyLookup::CampaignNotFound => return Err(campaign_missing(campaign).into()),
        PolicyLookup::Unsupported => {
            warn_unsupported(call);
            None
        }
    };
    let (private, gives_way) = match done.inherited() {
        // What the campaign has now is what the object before this one has left.
        Some(inherited) => (inherited, None),
        None => (
            Private::remembering(before.as_ref()),
            before.filter(|before| !equivalent(before, &policy)),
        ),
    };
    let state = State::with_private(planned, private.of_object(history.number()));
    let operation = Operation::Create { gives_way };
    let applied = set(call, client, campaign, &policy, state, operation).await;
    let made = match &applied {
        Ok(state) => Some(state),
        Err(failure) => failure.state.as_ref(),
    };
    if let Some(private) = made.and_then(|made| made.private.clone()) {
        *done = LastAction::Created(private);
    }
    applied
}
