//! The data source `isales_campaigns`.

use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model,
    model::Attr,
    schema::{Attribute, Nesting, Schema},
    timeouts::{self, ReadTimeouts},
};

use super::{
    filter::Filters,
    row::{CampaignRow, facts},
};
use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_campaigns`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CampaignsDataSource;

model! {
    /// The filters, and the campaigns that match them.
    pub(crate) struct CampaignsModel {
        vdn_id: Attr<i64>,
        name: Attr<String>,
        status: Attr<i64>,
        device_type: Attr<i64>,
        begin_time: Attr<String>,
        end_time: Attr<String>,
        campaigns: Attr<Vec<CampaignRow>>,
        timeouts: Attr<ReadTimeouts>,
    }
}

// === impl CampaignsDataSource ===

impl DataSource for CampaignsDataSource {
    type Data = ProviderData;
    type Model = CampaignsModel;

    fn type_name(&self) -> &'static str {
        "isales_campaigns"
    }

    fn schema(&self) -> Schema {
        let mut row = vec![
            Attribute::number("campaign_id", "ID of the campaign.").computed(),
            Attribute::string("name", "Name of the campaign (`name`).").computed(),
        ];
        row.extend(facts());
        let mut attributes = vec![queried_vdn_id()];
        attributes.extend(Filters::attributes());
        attributes.push(
            Attribute::nested(
                "campaigns",
                Nesting::List,
                row,
                "The campaigns, in the server's order.",
            )
            .computed(),
        );
        attributes.push(timeouts::read_attribute());
        Schema::new("Lists all outbound campaigns of a VDN.", attributes)
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: CampaignsModel,
    ) -> Result<CampaignsModel, Diagnostics> {
        let vdn_id = call.data.resolve_vdn_id(model.vdn_id.known())?;
        let filter = Filters {
            name: &model.name,
            status: model.status,
            device_type: model.device_type,
            begin_time: &model.begin_time,
            end_time: &model.end_time,
        }
        .to_filter();
        let pages = call.data.api()?.campaigns(vdn_id, &filter, context(call));
        let found = pages.all().await.map_err(|error| {
            let attempt = format!("The campaigns of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.vdn_id = Attr::Known(vdn_id.get().into());
        model.campaigns = Attr::Known(found.into_iter().map(CampaignRow::from).collect());
        Ok(model)
    }
}
