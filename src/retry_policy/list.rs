//! The list resource `isales_retry_policy`: the policies of a VDN's campaigns.

use std::pin::pin;

use futures_util::StreamExt as _;
use isales_client::{
    CallContext, CampaignRef, Client, Error, VdnId, campaign::Campaign, retry_policy::PolicyLookup,
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Severity},
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    model,
    model::Attr,
    schema::Schema,
    timeouts::{self, ListTimeouts},
};

use super::{
    display::display_name,
    model::{CampaignIdentity, RetryPolicyModel},
};
use crate::{
    ahead::ahead, api_error, attributes::vdn_id, call_context::context, campaign::Filters,
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
        let client = call.data.api()?;
        let vdn_id = call.data.resolve_vdn_id(config.vdn_id.known())?;
        let filter = Filters {
            name: &config.name,
            status: config.status,
            device_type: config.device_type,
            begin_time: &config.begin_time,
            end_time: &config.end_time,
        }
        .to_filter();
        let context = context(call);
        let mut pages = client.campaigns(vdn_id, &filter, &context);
        while let Some(page) = pages.next().await.map_err(|error| {
            let attempt = format!("The campaigns of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })? {
            let query = |campaign| query(client.clone(), vdn_id, campaign, context.clone());
            let mut answers = pin!(ahead(page.into_iter().map(query)));
            while let Some(answered) = answers.next().await {
                let (campaign, answer) =
                    answered.map_err(|error| Diagnostic::bug("A query has ended early", error))?;
                match outcome(vdn_id, campaign, answer, request)? {
                    Outcome::Found(result) => sink.push(*result).await?,
                    Outcome::Nothing => {}
                    Outcome::Skipped(warning) => sink.warn(warning).await?,
                }
            }
        }
        Ok(())
    }
}

async fn query(
    client: Client,
    vdn_id: VdnId,
    campaign: Campaign,
    context: CallContext,
) -> (Campaign, Result<PolicyLookup, Error>) {
    let id = CampaignRef {
        vdn_id,
        campaign_id: campaign.campaign_id,
    };
    let answer = client.query_retry_policy(id, context).await;
    (campaign, answer)
}

/// The contribution of one campaign to the list.
enum Outcome {
    Found(Box<ListResult<CampaignIdentity, RetryPolicyModel>>),
    Nothing,
    /// A failure that does not affect the other campaigns. As an error it would end the list.
    Skipped(Diagnostic),
}

/// Converts the reply for one campaign.
///
/// # Errors
/// A failure that would also affect the next campaign.
fn outcome(
    vdn_id: VdnId,
    campaign: Campaign,
    answer: Result<PolicyLookup, Error>,
    request: ListRequest,
) -> Result<Outcome, Diagnostic> {
    let id = CampaignRef {
        vdn_id,
        campaign_id: campaign.campaign_id,
    };
    let stored = match answer {
        Ok(PolicyLookup::Found(stored)) => stored,
        // The policy was removed after the page was listed.
        Ok(PolicyLookup::NotSet | PolicyLookup::CampaignNotFound(_)) => {
            return Ok(Outcome::Nothing);
        }
        Ok(PolicyLookup::Unsupported) => {
            return Err(Diagnostic::error(
                "Retry Policies Cannot Be Read",
                "This server has no interface for querying a retry policy, so the policies cannot be \
                 listed.",
            ));
        }
        Err(error) => {
            let attempt = format!("The retry policy of campaign {id} could not be read");
            let diagnostic = api_error::diagnostic(&attempt, &error);
            return match error.cause() {
                Error::Api(_) | Error::Protocol(_) => Ok(Outcome::Skipped(Diagnostic {
                    severity: Severity::Warning,
                    ..diagnostic
                })),
                _ => Err(diagnostic),
            };
        }
    };
    let model = request.include_resource.then(|| {
        let mut found = RetryPolicyModel::unread(id);
        found.retry_policy_id = stored.retry_policy_id.into();
        found.set_policy(&stored.policy);
        found
    });
    Ok(Outcome::Found(Box::new(ListResult {
        identity: CampaignIdentity {
            vdn_id: Attr::Known(vdn_id.get().into()),
            campaign_id: Attr::Known(campaign.campaign_id.get()),
        },
        display_name: display_name(id, &campaign.name),
        model,
    })))
}
