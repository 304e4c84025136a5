//! The list resource `isales_retry_policy`: the policies of a VDN's campaigns.

use isales_client::{
    CallContext, CampaignRef, Client, campaign::Campaign, retry_policy::PolicyLookup,
};
use tfplugin::{
    call::Call,
    diagnostics::Diagnostic,
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    model,
    model::Attr,
    schema::Schema,
    timeouts::{self, ListTimeouts},
};

use super::model::{CampaignIdentity, RetryPolicyModel};
use crate::{
    attributes::vdn_id,
    campaign::{Filters, walk},
    display_name::display_name,
    provider_data::ProviderData,
};

/// The list resource `isales_retry_policy`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicyList;

model! {
    /// Filters for campaigns.
    pub(crate) struct ListConfig {
        vdn_id: Attr<i64>,
        name: Attr<String>,
        status: Attr<i64>,
        device_type: Attr<i64>,
        begin_time: Attr<String>,
        end_time: Attr<String>,
        timeouts: Attr<ListTimeouts>,
    }
}

impl ListResource for RetryPolicyList {
    type Data = ProviderData;
    type Config = ListConfig;
    type Identity = CampaignIdentity;
    type Model = RetryPolicyModel;

    fn type_name(&self) -> &'static str {
        "isales_retry_policy"
    }

    fn schema(&self) -> Schema {
        let mut attributes = vec![vdn_id("Defaults to the provider's `vdn_id`.")];
        attributes.extend(Filters::attributes());
        attributes.push(timeouts::list_attribute());
        Schema::new(
            "Lists the retry policies of a VDN's outbound campaigns. Campaigns without a policy \
             are skipped.",
            attributes,
        )
    }

    async fn list(
        &self,
        call: &mut Call<'_, ProviderData>,
        config: ListConfig,
        request: ListRequest,
        sink: &mut ListSink<CampaignIdentity, RetryPolicyModel>,
    ) -> Result<(), ListEnd> {
        let vdn_id = call.data.resolve_vdn_id(config.vdn_id.known())?;
        let filter = Filters {
            name: &config.name,
            status: config.status,
            device_type: config.device_type,
            begin_time: &config.begin_time,
            end_time: &config.end_time,
        }
        .to_filter();
        let query = |client: Client, context: CallContext, campaign| async move {
            client.query_retry_policy(campaign, context).await
        };
        let results = |campaign: &Campaign, id, answer| found(campaign, id, answer, request);
        walk(
            call,
            vdn_id,
            &filter,
            sink,
            "The retry policy",
            query,
            results,
        )
        .await
    }
}

/// Converts the reply for one campaign.
fn found(
    campaign: &Campaign,
    id: CampaignRef,
    answer: PolicyLookup,
    request: ListRequest,
) -> Result<Vec<ListResult<CampaignIdentity, RetryPolicyModel>>, Diagnostic> {
    let stored = match answer {
        PolicyLookup::Found(stored) => stored,
        // The policy was removed after the page was listed.
        PolicyLookup::NotSet | PolicyLookup::CampaignNotFound(_) => return Ok(Vec::new()),
        PolicyLookup::Unsupported => {
            return Err(Diagnostic::error(
                "Retry Policies Cannot Be Read",
                "This server has no interface for querying a retry policy, so the policies cannot be \
                 listed.",
            ));
        }
    };
    let model = request.include_resource.then(|| {
        let mut found = RetryPolicyModel::unread(id);
        found.retry_policy_id = stored.retry_policy_id.into();
        found.set_policy(&stored.policy);
        found
    });
    Ok(vec![ListResult {
        identity: CampaignIdentity {
            vdn_id: Attr::Known(id.vdn_id.get().into()),
            campaign_id: Attr::Known(id.campaign_id.get()),
        },
        display_name: display_name(&campaign.name, id),
        model,
    }])
}
