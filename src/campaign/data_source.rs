//! The data source `isales_campaign`.

use isales_client::{
    CampaignId, CampaignRef,
    campaign::{Campaign, CampaignFilter},
    quoted,
};
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    model,
    model::Attr,
    path::AttributePath,
    schema::{Attribute, Schema, Validator},
    timeouts::{self, ReadTimeouts},
};

use super::{
    filter::LONGEST_NAME,
    row::{CampaignRow, facts},
};
use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_campaign`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CampaignDataSource;

model! {
    /// A campaign, by ID or by name.
    pub(crate) struct CampaignModel {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        name: Attr<String>,
        status: Attr<i64>,
        device_type: Attr<i64>,
        begin_time: Attr<String>,
        end_time: Attr<String>,
        timeouts: Attr<ReadTimeouts>,
    }
}

// === impl CampaignDataSource ===

impl DataSource for CampaignDataSource {
    type Data = ProviderData;
    type Model = CampaignModel;

    fn type_name(&self) -> &'static str {
        "isales_campaign"
    }

    fn schema(&self) -> Schema {
        let mut attributes = vec![
            queried_vdn_id(),
            Attribute::number(
                "campaign_id",
                "ID of the campaign (`campaignId`). Exactly one of `campaign_id` and `name` must be set.",
            )
            .optional_computed()
            .validator(Validator::positive()),
            Attribute::string(
                "name",
                "Full name of the campaign (`name`). Exactly one campaign must have it.",
            )
            .optional_computed()
            .validator(Validator::not_empty()),
        ];
        attributes.extend(facts());
        attributes.push(timeouts::read_attribute());
        Schema::new(
            "Finds one outbound campaign by its ID or by its name.",
            attributes,
        )
    }

    fn validate(&self, config: &CampaignModel) -> Diagnostics {
        let set = match (&config.campaign_id, &config.name) {
            (Attr::Null, Attr::Null) => "neither is",
            (Attr::Known(_), Attr::Known(_)) => "both are",
            _ => return Diagnostics::new(),
        };
        Diagnostic::error(
            "Invalid Attribute Combination",
            format!("Exactly one of campaign_id and name must be set; {set}."),
        )
        .at(AttributePath::attribute("campaign_id"))
        .into()
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        model: CampaignModel,
    ) -> Result<CampaignModel, Diagnostics> {
        let vdn_id = call.data.resolve_vdn_id(model.vdn_id.known())?;
        let campaign = match (model.campaign_id, model.name) {
            (Attr::Known(id), _) => {
                by_id(
                    call,
                    call.data
                        .campaign_ref(Some(vdn_id.get().into()), Some(id))?,
                )
                .await?
            }
            (_, name) => by_name(call, vdn_id, &name.known().unwrap_or_default()).await?,
        };
        let row = CampaignRow::from(campaign);
        Ok(CampaignModel {
            vdn_id: Attr::Known(vdn_id.get().into()),
            campaign_id: row.campaign_id,
            name: row.name,
            status: row.status,
            device_type: row.device_type,
            begin_time: row.begin_time,
            end_time: row.end_time,
            timeouts: model.timeouts,
        })
    }
}

async fn by_id(call: &Call<'_, ProviderData>, id: CampaignRef) -> Result<Campaign, Diagnostic> {
    let found = call.data.api()?.campaign(id, context(call)).await;
    let found = found.map_err(|error| {
        api_error::diagnostic(&format!("Campaign {id} could not be queried"), &error)
    })?;
    found.ok_or_else(|| {
        Diagnostic::error(
            "Campaign Not Found",
            format!(
                "VDN {} has no campaign {}. Check both IDs.",
                id.vdn_id, id.campaign_id
            ),
        )
        .at(AttributePath::attribute("campaign_id"))
    })
}

/// Finds the campaign with exactly this name. The server's filter matches in an undocumented way and
/// takes short names only, so names are compared here, and a longer name is searched for among all
/// campaigns.
async fn by_name(
    call: &Call<'_, ProviderData>,
    vdn_id: isales_client::VdnId,
    name: &str,
) -> Result<Campaign, Diagnostic> {
    let shown = quoted(name);
    let fits = name.chars().count() <= LONGEST_NAME;
    let filter = CampaignFilter {
        name: fits.then(|| name.to_owned()),
        ..CampaignFilter::default()
    };
    let pages = call.data.api()?.campaigns(vdn_id, &filter, context(call));
    let found = pages.all().await.map_err(|error| {
        let attempt = format!("Campaigns of VDN {vdn_id} named {shown} could not be listed");
        api_error::diagnostic(&attempt, &error)
    })?;
    let (mut exact, mut others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|campaign| campaign.name == name);
    if !fits {
        // Without a filter, the others are all campaigns of the VDN, not similar ones.
        others.clear();
    }
    let diagnostic = match (exact.pop(), exact.is_empty(), others.is_empty()) {
        (Some(only), true, _) => return Ok(only),
        (Some(last), false, _) => {
            let ids = exact
                .iter()
                .chain([&last])
                .map(|campaign| campaign.campaign_id);
            let detail = format!(
                "VDN {vdn_id} has more than one campaign named {shown}, with the IDs {}. Select \
                 one by campaign_id.",
                listed(ids.map(|id: CampaignId| id.to_string()))
            );
            Diagnostic::error("Multiple Campaigns Found", detail)
        }
        (None, _, true) => {
            let detail =
                format!("VDN {vdn_id} has no campaign named {shown}. Check the name and vdn_id.");
            Diagnostic::error("Campaign Not Found", detail)
        }
        (None, _, false) => {
            let similar = others
                .iter()
                .map(|one| format!("{} ({})", quoted(&one.name), one.campaign_id));
            let detail = format!(
                "VDN {vdn_id} has no campaign named exactly {shown}. Similar names: {}. Write \
                 the full name, or select the campaign by campaign_id.",
                listed(similar)
            );
            Diagnostic::error("Campaign Not Found", detail)
        }
    };
    Err(diagnostic.at(AttributePath::attribute("name")))
}

/// Joins the first items, and counts the rest.
fn listed(items: impl Iterator<Item = String>) -> String {
    const SHOWN: usize = 10;
    let mut items: Vec<_> = items.collect();
    let more = items.len().saturating_sub(SHOWN);
    items.truncate(SHOWN);
    match more {
        0 => items.join(", "),
        more => format!("{} and {more} more", items.join(", ")),
    }
}
