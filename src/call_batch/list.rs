//! The list resource `isales_call_batch`: the call batches of one campaign, or of all campaigns of a
//! VDN.

use isales_client::{
    CallContext, CampaignRef, Client,
    call_batch::{CallBatch, CallBatchRef},
};
use tfplugin::{
    call::Call,
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    model,
    model::Attr,
    schema::Schema,
    timeouts::ListTimeouts,
};

use super::{
    filter::Filters,
    model::{CallBatchIdentity, CallBatchModel},
};
use crate::{
    campaign::{OneOrAllCampaigns, one_or_all_campaigns},
    display_name::display_name,
    provider_data::ProviderData,
};

/// The list resource `isales_call_batch`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallBatchList;

type Sink = ListSink<CallBatchIdentity, CallBatchModel>;

model! {
    /// Filters for call batches.
    pub(crate) struct ListConfig {
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        name: Attr<String>,
        status: Attr<i64>,
        timeouts: Attr<ListTimeouts>,
    }
}

impl ListResource for CallBatchList {
    type Data = ProviderData;
    type Config = ListConfig;
    type Identity = CallBatchIdentity;
    type Model = CallBatchModel;

    fn type_name(&self) -> &'static str {
        "isales_call_batch"
    }

    fn schema(&self) -> Schema {
        let mut attributes = one_or_all_campaigns();
        attributes.extend(Filters::attributes());
        Schema::new(
            "Lists the call batches of an outbound campaign, or of all campaigns of a VDN.",
            attributes,
        )
    }

    async fn list(
        &self,
        call: &mut Call<'_, ProviderData>,
        config: ListConfig,
        request: ListRequest,
        sink: &mut Sink,
    ) -> Result<(), ListEnd> {
        let filter = Filters {
            name: &config.name,
            status: config.status,
        }
        .to_filter();
        let query = |client: Client, context: CallContext, campaign| {
            let batches = client.call_batches(campaign, &filter, context);
            async move { batches.all().await }
        };
        let result = |campaign, batch| found(campaign, &batch, request);
        let ListConfig {
            vdn_id,
            campaign_id,
            timeouts,
            ..
        } = config;
        let campaigns = OneOrAllCampaigns {
            vdn_id,
            campaign_id,
            timeouts,
        };
        campaigns
            .walk(call, sink, "The call batches", query, result)
            .await
    }
}

fn found(
    campaign: CampaignRef,
    batch: &CallBatch,
    request: ListRequest,
) -> ListResult<CallBatchIdentity, CallBatchModel> {
    let model = CallBatchModel::found(campaign, batch);
    let id = CallBatchRef {
        campaign,
        call_batch_id: batch.call_batch_id.clone(),
    };
    ListResult {
        identity: CallBatchIdentity {
            vdn_id: model.vdn_id,
            campaign_id: model.campaign_id,
            call_batch_id: model.call_batch_id.clone(),
        },
        display_name: display_name(&batch.name, id),
        model: request.include_resource.then_some(model),
    }
}
