//! Imports an existing retry policy.

use isales_client::{CampaignRef, retry_policy::PolicyLookup};
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::State};

use super::{
    model::RetryPolicyModel, private::Private, query::query, state::RetryPolicyState, unsupported,
};
use crate::{api_error, import_id::ImportForm, provider_data::ProviderData};

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
    let form = ImportForm {
        names: ["campaign_id"],
        example: ["46"],
    };
    let (vdn_id, [campaign_id]) = form.parse(data, id)?;
    Ok(CampaignRef {
        vdn_id,
        campaign_id: form.part(campaign_id)?,
    })
}
