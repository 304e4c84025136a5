//! The list resource `isales_call_batch`: the call batches of one campaign, or of all campaigns of a
//! VDN.

use futures_util::{StreamExt as _, stream};
use isales_client::{
    CampaignRef, Client, Error,
    call_batch::{CallBatch, CallBatchFilter},
    campaign::CampaignFilter,
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Severity},
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    model,
    model::Attr,
    schema::{Attribute, Schema, Validator},
};
use tokio_util::sync::CancellationToken;

use super::{
    filter::Filters,
    model::{CallBatchIdentity, CallBatchModel},
};
use crate::{api_error, attributes::vdn_id, provider_data::ProviderData};

/// Number of campaigns whose batches are listed ahead of the one that is passed on. The client's own
/// limit applies as well.
const AHEAD: usize = 8;

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
        let mut attributes = vec![
            vdn_id("Defaults to the provider's `vdn_id`."),
            Attribute::number(
                "campaign_id",
                "List only the call batches of this outbound campaign (`campaignId`). If omitted, \
                 those of all campaigns of the VDN.",
            )
            .validator(Validator::positive()),
        ];
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
        let client = call.data.api()?;
        let filter = Filters {
            name: &config.name,
            status: config.status,
        }
        .to_filter();
        if let Some(campaign_id) = config.campaign_id.known() {
            let campaign = call
                .data
                .campaign_ref(config.vdn_id.known(), Some(campaign_id))?;
            let listed = list(client, campaign, &filter, call.cancel).await;
            let batches = listed.map_err(|error| failure(campaign, &error))?;
            return push(campaign, batches, request, sink).await;
        }
        let vdn_id = call.data.resolve_vdn_id(config.vdn_id.known())?;
        let mut pages = client.campaigns(vdn_id, &CampaignFilter::default(), call.cancel);
        while let Some(page) = pages.next().await.map_err(|error| {
            let attempt = format!("The campaigns of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })? {
            let listed = |campaign: isales_client::campaign::Campaign| {
                let id = CampaignRef {
                    vdn_id,
                    campaign_id: campaign.campaign_id,
                };
                let listed = list(client, id, &filter, call.cancel);
                async move { (id, listed.await) }
            };
            let mut answers = stream::iter(page).map(listed).buffered(AHEAD);
            while let Some((campaign, answer)) = answers.next().await {
                match answer {
                    Ok(batches) => push(campaign, batches, request, sink).await?,
                    // The campaign was removed after the page was listed.
                    Err(Error::Api(error)) if error.is_not_found() => {}
                    // A failure that does not affect the other campaigns. As an error it would end
                    // the list.
                    Err(error @ (Error::Api(_) | Error::Protocol(_))) => {
                        let warning = Diagnostic {
                            severity: Severity::Warning,
                            ..failure(campaign, &error)
                        };
                        sink.warn(warning).await?;
                    }
                    Err(error) => return Err(failure(campaign, &error).into()),
                }
            }
        }
        Ok(())
    }
}

async fn list(
    client: &Client,
    campaign: CampaignRef,
    filter: &CallBatchFilter,
    cancel: &CancellationToken,
) -> Result<Vec<CallBatch>, Error> {
    client.call_batches(campaign, filter, cancel).all().await
}

async fn push(
    campaign: CampaignRef,
    batches: Vec<CallBatch>,
    request: ListRequest,
    sink: &mut Sink,
) -> Result<(), ListEnd> {
    for batch in batches {
        let model = CallBatchModel::found(campaign, &batch);
        sink.push(ListResult {
            identity: CallBatchIdentity {
                vdn_id: model.vdn_id,
                campaign_id: model.campaign_id,
                call_batch_id: model.call_batch_id.clone(),
            },
            display_name: format!("{} ({campaign}/{})", batch.name, batch.call_batch_id),
            model: request.include_resource.then_some(model),
        })
        .await?;
    }
    Ok(())
}

fn failure(campaign: CampaignRef, error: &Error) -> Diagnostic {
    let attempt = format!("The call batches of campaign {campaign} could not be listed");
    api_error::diagnostic(&attempt, error)
}
