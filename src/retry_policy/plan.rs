//! Completes the plan of a retry policy.

use isales_client::retry_policy::equivalent;
use tfplugin::{call::Call, diagnostics::Diagnostics, model::Attr, resource::Plan};

use super::{
    delete, model::RetryPolicyModel, owners, private::Private, replacement, state::campaign,
};
use crate::provider_data::{ProviderData, warn_of_assumed_vdn};

/// Fills in `vdn_id` and `id`, and warns when the change replaces the resource or another policy.
pub(super) async fn complete(
    call: &mut Call<'_, ProviderData>,
    plan: &mut Plan<'_, RetryPolicyModel, Private>,
) -> Result<(), Diagnostics> {
    let (config, prior) = (plan.config, plan.prior);
    let planned = &mut plan.planned;
    let prior_vdn_id = prior.map(|prior| prior.model.vdn_id);
    planned.vdn_id = call.data.planned_vdn_id(config.vdn_id, prior_vdn_id)?;
    planned.id = match (planned.vdn_id, planned.campaign_id) {
        (Attr::Known(vdn_id), Attr::Known(campaign_id)) => {
            Attr::Known(format!("{vdn_id}/{campaign_id}"))
        }
        _ => Attr::Unknown,
    };

    if let Some(prior) = prior
        && planned.id == prior.model.id
        && let (Some(now), Some(wanted)) = (
            prior.model.without_validation(),
            planned.without_validation(),
        )
        && equivalent(&now, &wanted)
    {
        // Nothing is posted, so the policy keeps its ID.
        planned
            .retry_policy_id
            .clone_from(&prior.model.retry_policy_id);
    }

    if let Some(prior) = prior
        && *planned != prior.model
    {
        warn_of_assumed_vdn(call, config.vdn_id, prior.model.vdn_id);
    }
    if let Some(prior) = prior.filter(|prior| prior.model.id != planned.id) {
        // A replacement, which Terraform plans once more, as a create. The old campaign's policy is
        // destroyed on the way.
        delete::plan_destroy(call, prior)?;
        // Terraform drops the warnings of the second plan.
        replacement::warn(call, planned).await;
    } else if !planned.id.is_unknown() {
        owners::claim(call, campaign(call.data, planned)?, plan)?;
        if prior.is_none() && plan.replaced().is_none() {
            replacement::warn(call, &plan.planned).await;
        }
    }
    Ok(())
}
