//! Refreshes a retry policy.

use isales_client::retry_policy::PolicyLookup;
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr};

use super::{
    earlier::is_obstacle,
    order,
    private::Private,
    query::query_expected,
    sightings::Sightings,
    state::{RetryPolicyState, campaign},
    unsupported,
};
use crate::{api_error, provider_data::ProviderData};

/// Returns the server's current policy, or `None` if the campaign is gone or has no policy.
pub(super) async fn read(
    call: &mut Call<'_, ProviderData>,
    mut state: RetryPolicyState,
) -> Result<Option<RetryPolicyState>, Diagnostic> {
    // A refresh gets the complete private state, so a missing one means that nothing was stored.
    state.private.get_or_insert_default();
    let client = match call.data.api() {
        Ok(client) => client,
        Err(pending) => {
            // A plan can rely on the state; apply reads again.
            call.warn("Retry Policy Not Refreshed", pending.detail);
            return Ok(Some(state));
        }
    };
    let campaign = campaign(call.data, &state.model)?;
    let answer = query_expected(call, client, campaign).await;
    let answer = answer.map_err(|error| {
        let attempt = format!("The retry policy of campaign {campaign} could not be read");
        let mut diagnostic = api_error::diagnostic(&attempt, &error);
        if !is_obstacle(&error) {
            api_error::add(
                &mut diagnostic,
                " To plan by the state alone, use -refresh=false; to replace the policy \
                 nevertheless, set on_conflict to \"overwrite\" as well.",
            );
        }
        diagnostic
    })?;
    match answer {
        PolicyLookup::Found(stored) => {
            let model = &mut state.model;
            model.id = Attr::Known(campaign.to_string());
            model.vdn_id = Attr::Known(campaign.vdn_id.get().into());
            model.campaign_id = Attr::Known(campaign.campaign_id.get());
            model.retry_policy_id = stored.retry_policy_id.into();
            order::set_policy(model, &stored.policy);
            // If the object is tainted, it is planned as a new one. Imported ones are not noted: a
            // plan that creates one after all has to say so.
            if state.private.as_ref().and_then(Private::object).is_some() {
                Sightings::of(call).note_known(campaign, stored.policy);
            }
            Ok(Some(state))
        }
        PolicyLookup::NotSet | PolicyLookup::CampaignNotFound(_) => {
            log::info!(campaign:% = campaign; "The retry policy is gone");
            Ok(None)
        }
        PolicyLookup::Unsupported => {
            unsupported::warn(call, campaign);
            Ok(Some(state))
        }
    }
}
