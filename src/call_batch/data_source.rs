//! The data source `isales_call_batches`.

use isales_client::call_batch::{CallBatch, CallBatchStatus};
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model,
    model::Attr,
    schema::{Attribute, Nesting, Schema, Validator},
    timeouts::{self, ReadTimeouts},
};

use super::filter::Filters;
use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_call_batches`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallBatchesDataSource;

model! {
    /// The filters, and the call batches that match them.
    pub(crate) struct CallBatchesModel {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        name: Attr<String>,
        status: Attr<i64>,
        call_batches: Attr<Vec<CallBatchRow>>,
        timeouts: Attr<ReadTimeouts>,
    }

    /// One call batch.
    pub(crate) struct CallBatchRow {
        call_batch_id: Attr<String>,
        name: Attr<String>,
        status: Attr<i64>,
    }
}

impl DataSource for CallBatchesDataSource {
    type Data = ProviderData;
    type Model = CallBatchesModel;

    fn type_name(&self) -> &'static str {
        "isales_call_batches"
    }

    fn schema(&self) -> Schema {
        let row = vec![
            Attribute::string("call_batch_id", "ID of the call batch (`id`).").computed(),
            Attribute::string("name", "Name of the call batch (`name`).").computed(),
            Attribute::number("status", "Status (`status`): `1` started, `2` suspended.")
                .computed(),
        ];
        let mut attributes = vec![
            queried_vdn_id(),
            Attribute::number("campaign_id", "ID of the outbound campaign (`campaignId`).")
                .required()
                .validator(Validator::positive()),
        ];
        attributes.extend(Filters::attributes());
        attributes.push(
            Attribute::nested(
                "call_batches",
                Nesting::List,
                row,
                "The call batches, in the server's order.",
            )
            .computed(),
        );
        attributes.push(timeouts::read_attribute());
        Schema::new(
            "Lists all call batches of an outbound campaign.",
            attributes,
        )
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: CallBatchesModel,
    ) -> Result<CallBatchesModel, Diagnostics> {
        let campaign = call
            .data
            .campaign_ref(model.vdn_id.known(), model.campaign_id.known())?;
        let filter = Filters {
            name: &model.name,
            status: model.status,
        }
        .to_filter();
        let client = call.data.api()?;
        let pages = client.call_batches(campaign, &filter, context(call));
        let found = pages.all().await.map_err(|error| {
            let attempt = format!("The call batches of campaign {campaign} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.vdn_id = Attr::Known(campaign.vdn_id.get().into());
        model.call_batches = Attr::Known(found.into_iter().map(CallBatchRow::from).collect());
        Ok(model)
    }
}

impl From<CallBatch> for CallBatchRow {
    fn from(batch: CallBatch) -> Self {
        Self {
            call_batch_id: Attr::Known(batch.call_batch_id.to_string()),
            name: Attr::Known(batch.name),
            status: batch.status.map(CallBatchStatus::number).into(),
        }
    }
}
