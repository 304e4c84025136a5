//! The data source `isales_special_dates`.

use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model,
    model::Attr,
    schema::{Attribute, Nesting, Schema, Validator},
    timeouts::{self, ReadTimeouts},
};

use super::{lists::unreadable, model::SpecialDateRow, schema};
use crate::{attributes::queried_vdn_id, call_context::context, provider_data::ProviderData};

/// The data source `isales_special_dates`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpecialDatesDataSource;

model! {
    /// A campaign and its special dates.
    pub(crate) struct SpecialDatesModel {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        special_dates: Attr<Vec<SpecialDateRow>>,
        timeouts: Attr<ReadTimeouts>,
    }
}

impl DataSource for SpecialDatesDataSource {
    type Data = ProviderData;
    type Model = SpecialDatesModel;

    fn type_name(&self) -> &'static str {
        "isales_special_dates"
    }

    fn schema(&self) -> Schema {
        Schema::new(
            "Lists all special dates of an outbound campaign.",
            vec![
                queried_vdn_id(),
                Attribute::number("campaign_id", "ID of the outbound campaign (`campaignId`).")
                    .required()
                    .validator(Validator::positive()),
                Attribute::nested(
                    "special_dates",
                    Nesting::List,
                    schema::row(),
                    "The special dates, in the server's order.",
                )
                .computed(),
                timeouts::read_attribute(),
            ],
        )
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: SpecialDatesModel,
    ) -> Result<SpecialDatesModel, Diagnostics> {
        let campaign = call
            .data
            .campaign_ref(model.vdn_id.known(), model.campaign_id.known())?;
        let listed = call
            .data
            .api()?
            .special_dates(campaign, context(call))
            .await;
        let listed = listed.map_err(|error| unreadable(campaign, &error))?;
        if let Some(error) = &listed.unreadable {
            return Err(unreadable(campaign, error).into());
        }
        let rows = listed.dates.into_iter().map(SpecialDateRow::from);
        model.vdn_id = Attr::Known(campaign.vdn_id.get().into());
        model.special_dates = Attr::Known(rows.collect());
        Ok(model)
    }
}
