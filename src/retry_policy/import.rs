//! Imports an existing retry policy.

use isales_client::{CampaignId, CampaignRef, retry_policy::PolicyLookup};
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr, resource::State};

use super::{
    model::RetryPolicyModel, private::Private, query::query, state::RetryPolicyState, unsupported,
};
use crate::{api_error, provider_data::ProviderData};

/// Checks that the campaign has a policy. Terraform reads it afterwards.
pub(super) async fn import(
    call: &mut Call<'_, ProviderData>,
    campaign: CampaignRef,
) -> Result<RetryPolicyState, Diagnostic> {
    let client = call.data.api()?;
    let found = query(call, client, campaign).await;
    let found = found.map_err(|error| {
        let attempt = format!("The retry policy of campaign {campaign} could not be read");
        api_error::diagnostic(&attempt, &error)
    })?;
    match found {
        PolicyLookup::Found(_) => {}
        PolicyLookup::Unsupported => unsupported::warn(call, campaign),
        PolicyLookup::NotSet => {
            return Err(Diagnostic::error(
                "Nothing To Import",
                format!(
                    "Campaign {campaign} exists, but has no retry policy. Write the resource \
                     without importing it; apply then creates the policy."
                ),
            ));
        }
        PolicyLookup::CampaignNotFound(code) => {
            return Err(Diagnostic::error(
                "Nothing To Import",
                format!(
                    "CC-iSales has no campaign {campaign} (code {code}). Import by \
                     vdn_id/campaign_id, with the IDs that the CC-iSales console shows."
                ),
            ));
        }
    }
    let model = RetryPolicyModel::unread(campaign);
    Ok(State::with_private(model, Private::default()))
}

/// Parses an import ID: `vdn_id/campaign_id`, or `campaign_id` alone if the provider has a VDN.
pub(super) fn campaign_of_id(data: &ProviderData, id: &str) -> Result<CampaignRef, Diagnostic> {
    let invalid = |reason: String| Diagnostic::error("Invalid Import ID", reason);
    if id.contains('/') {
        return id
            .parse()
            .map_err(|error: isales_client::id::IdError| invalid(error.to_string()));
    }
    let campaign_id: CampaignId = id.parse().map_err(|_| {
        invalid(format!(
            "{id:?} is not the ID of a campaign. Write vdn_id/campaign_id, such as 25/46, or \
             campaign_id alone if the provider has vdn_id."
        ))
    })?;
    match data.default_vdn_id() {
        Attr::Known(vdn_id) => Ok(CampaignRef {
            vdn_id,
            campaign_id,
        }),
        Attr::Unknown => Err(Diagnostic::error(
            "Provider Configuration Not Known Yet",
            format!(
                "{id} contains no VDN ID, and the provider argument vdn_id depends on a value that \
                 is only known after apply. Import by vdn_id/campaign_id, such as 25/{id}, or apply \
                 what it depends on first, for example with -target."
            ),
        )),
        Attr::Null => Err(Diagnostic::error(
            "Missing VDN ID",
            format!(
                "{id} contains no VDN ID, and the provider has no vdn_id. Import by \
                 vdn_id/campaign_id, such as 25/{id}, or set vdn_id in the provider configuration or \
                 the environment variable ISALES_VDN_ID."
            ),
        )),
    }
}
