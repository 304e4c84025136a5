//! The data source `isales_campaign`.

use isales_client::{
    CampaignId, CampaignRef,
    campaign::{Campaign, CampaignFilter},
};
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    model,
    model::Attr,
    path::AttributePath,
    schema::{Attribute, Schema, Validator},
};

use super::{
    filter::LONGEST_NAME,
    row::{CampaignRow, facts},
};
use crate::{api_error, attributes::vdn_id, provider_data::ProviderData};

/// The data source `isales_campaign`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CampaignDataSource;

model! {
    /// A campaign, by id or by name.
    pub(crate) struct CampaignModel {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        name: Attr<String>,
        status: Attr<i64>,
        device_type: Attr<i64>,
        begin_time: Attr<String>,
        end_time: Attr<String>,
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
            vdn_id(),
            Attribute::number(
                "campaign_id",
                "ID of the campaign (`campaignId`). Either this or `name` is required.",
            )
            .optional_computed()
            .validator(Validator::positive()),
            Attribute::string(
                "name",
                "Name of the campaign (`name`), which must be the whole name of exactly one.",
            )
            .optional_computed()
            .validator(Validator::not_empty()),
        ];
        attributes.extend(facts());
        Schema::new(
            "Finds one outbound campaign by its ID or by its name.",
            attributes,
        )
    }

    fn validate(&self, config: &CampaignModel) -> Diagnostics {
        let complaint = match (&config.campaign_id, &config.name) {
            (Attr::Null, Attr::Null) => "Neither campaign_id nor name is set. Set one of them.",
            (Attr::Known(_), Attr::Known(_)) => "campaign_id and name are both set. Keep one.",
            _ => return Diagnostics::new(),
        };
        Diagnostic::error("Campaign Not Named", complaint)
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
        })
    }
}

async fn by_id(call: &Call<'_, ProviderData>, id: CampaignRef) -> Result<Campaign, Diagnostic> {
    let found = call.data.api()?.campaign(id, call.cancel).await;
    let found = found.map_err(|error| {
        api_error::diagnostic(&format!("Campaign {id} could not be queried"), &error)
    })?;
    found.ok_or_else(|| {
        Diagnostic::error(
            "Campaign Not Found",
            format!(
                "VDN {} has no campaign {}. Check both ids.",
                id.vdn_id, id.campaign_id
            ),
        )
        .at(AttributePath::attribute("campaign_id"))
    })
}

/// The server compares names in its own way, so equality is checked here. A name that is too long
/// for its filter is looked for among all campaigns.
async fn by_name(
    call: &Call<'_, ProviderData>,
    vdn_id: isales_client::VdnId,
    name: &str,
) -> Result<Campaign, Diagnostic> {
    let fits = name.chars().count() <= LONGEST_NAME;
    let filter = CampaignFilter {
        name: fits.then(|| name.to_owned()),
        ..CampaignFilter::default()
    };
    let pages = call.data.api()?.campaigns(vdn_id, &filter, call.cancel);
    let found = pages.all().await.map_err(|error| {
        let attempt = format!("Campaigns of VDN {vdn_id} named {name:?} could not be listed");
        api_error::diagnostic(&attempt, &error)
    })?;
    let (mut exact, mut others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|campaign| campaign.name == name);
    if !fits {
        // The others are all that there are, not similar ones.
        others.clear();
    }
    let detail = match (exact.pop(), exact.is_empty(), others.is_empty()) {
        (Some(only), true, _) => return Ok(only),
        (Some(last), false, _) => {
            let ids = exact
                .iter()
                .chain([&last])
                .map(|campaign| campaign.campaign_id);
            format!(
                "VDN {vdn_id} has more than one campaign named {name:?}, with the ids {}. Choose \
                 one by campaign_id.",
                listed(ids.map(|id: CampaignId| id.to_string()))
            )
        }
        (None, _, true) => {
            format!("VDN {vdn_id} has no campaign named {name:?}. Check the name and vdn_id.")
        }
        (None, _, false) => format!(
            "VDN {vdn_id} has no campaign named exactly {name:?}. Similar ones: {}. Write the \
             whole name, or choose by campaign_id.",
            listed(
                others
                    .iter()
                    .map(|one| format!("{:?} ({})", one.name, one.campaign_id))
            )
        ),
    };
    Err(Diagnostic::error("Campaign Not Found", detail).at(AttributePath::attribute("name")))
}

/// The first of many, with how many more there are.
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
