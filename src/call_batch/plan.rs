//! Completes the plan of a call batch.

use tfplugin::{call::Call, diagnostics::Diagnostic, resource::Plan};

use super::model::CallBatchModel;
use crate::provider_data::{ProviderData, warn_of_assumed_vdn};

/// Fills in `vdn_id`.
pub(super) fn complete(
    call: &mut Call<'_, ProviderData>,
    plan: &mut Plan<'_, CallBatchModel>,
) -> Result<(), Diagnostic> {
    let (config, prior) = (plan.config, plan.prior);
    let prior_vdn_id = prior.map(|prior| prior.model.vdn_id);
    plan.planned.vdn_id = call.data.planned_vdn_id(config.vdn_id, prior_vdn_id)?;
    if let Some(prior) = prior
        && plan.planned != prior.model
    {
        warn_of_assumed_vdn(call, config.vdn_id, prior.model.vdn_id);
    }
    Ok(())
}
