//! The state of a retry policy.

use isales_client::CampaignRef;
use tfplugin::{diagnostics::Diagnostic, resource::State};

use super::{model::RetryPolicyModel, private::Private};
use crate::provider_data::ProviderData;

/// The state of a retry policy, with its private part.
pub(super) type RetryPolicyState = State<RetryPolicyModel, Private>;

/// Returns the campaign of a state or a plan.
pub(super) fn campaign(
    data: &ProviderData,
    model: &RetryPolicyModel,
) -> Result<CampaignRef, Diagnostic> {
    data.campaign_ref(model.vdn_id.known(), model.campaign_id.known())
}
