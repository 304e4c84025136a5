//! Imports an existing special date.

use isales_client::{
    CampaignRef,
    special_date::{ListedDate, SpecialDateRef},
};
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::State};

use super::{
    lists::{self, unreadable},
    model::SpecialDateModel,
};
use crate::{import_id::ImportForm, provider_data::ProviderData};

/// Checks that the special date exists. Terraform reads it afterwards.
pub(super) async fn import(
    call: &mut Call<'_, ProviderData>,
    id: SpecialDateRef,
) -> Result<State<SpecialDateModel>, Diagnostic> {
    let client = call.data.api()?;
    let is_it = |listed: &ListedDate| listed.id == id.special_date_id;
    let found = lists::find(call, client, id.campaign, is_it).await;
    match found.map_err(|error| unreadable(id.campaign, &error))? {
        Some(_) => Ok(State::new(SpecialDateModel::unread(id))),
        None => Err(Diagnostic::error(
            "Nothing To Import",
            format!(
                "Campaign {} has no special date {}, or does not exist. Import by \
                 vdn_id/campaign_id/special_date_id, with an ID that isales_special_dates shows.",
                id.campaign, id.special_date_id
            ),
        )),
    }
}

/// Parses an import ID: `vdn_id/campaign_id/special_date_id`, or without `vdn_id` if the provider has
/// one.
pub(super) fn reference_of_id(data: &ProviderData, id: &str) -> Result<SpecialDateRef, Diagnostic> {
    let form = ImportForm {
        names: ["campaign_id", "special_date_id"],
        example: ["46", "1318795089"],
    };
    let (vdn_id, [campaign_id, special_date_id]) = form.parse(data, id)?;
    Ok(SpecialDateRef {
        campaign: CampaignRef {
            vdn_id,
            campaign_id: form.part(campaign_id)?,
        },
        special_date_id: form.part(special_date_id)?,
    })
}
