//! The list resource `isales_special_date`: the special dates of one campaign, or of all campaigns of a
//! VDN.

use isales_client::{
    CallContext, CampaignRef, Client,
    special_date::{ListedDate, ListedDates, SpecialDateRef},
};
use tfplugin::{
    call::Call,
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    schema::Schema,
};

use super::model::{SpecialDateIdentity, SpecialDateModel};
use crate::{
    campaign::{OneOrAllCampaigns, one_or_all_campaigns},
    display_name::display_name,
    provider_data::ProviderData,
};

/// The list resource `isales_special_date`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpecialDateList;

impl ListResource for SpecialDateList {
    type Data = ProviderData;
    type Config = OneOrAllCampaigns;
    type Identity = SpecialDateIdentity;
    type Model = SpecialDateModel;

    fn type_name(&self) -> &'static str {
        "isales_special_date"
    }

    fn schema(&self) -> Schema {
        Schema::new(
            "Lists the special dates of an outbound campaign, or of all campaigns of a VDN.",
            one_or_all_campaigns(),
        )
    }

    async fn list(
        &self,
        call: &mut Call<'_, ProviderData>,
        config: OneOrAllCampaigns,
        request: ListRequest,
        sink: &mut ListSink<SpecialDateIdentity, SpecialDateModel>,
    ) -> Result<(), ListEnd> {
        let query = |client: Client, context: CallContext, campaign| async move {
            let ListedDates { dates, unreadable } = client.special_dates(campaign, context).await?;
            unreadable.map_or(Ok(dates), Err)
        };
        let result = |campaign, date| found(campaign, date, request);
        config
            .walk(call, sink, "The special dates", query, result)
            .await
    }
}

fn found(
    campaign: CampaignRef,
    date: ListedDate,
    request: ListRequest,
) -> ListResult<SpecialDateIdentity, SpecialDateModel> {
    let id = SpecialDateRef {
        campaign,
        special_date_id: date.id,
    };
    ListResult {
        identity: SpecialDateIdentity::of(id),
        display_name: display_name(&date.date.name, id),
        model: request.include_resource.then(|| {
            let mut model = SpecialDateModel::unread(id);
            model.set(campaign, date);
            model
        }),
    }
}
