//! The data source `isales_retry_policy`.

use isales_client::retry_policy::PolicyLookup;
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    model,
    model::Attr,
    path::AttributePath,
    schema::Schema,
    timeouts::ReadTimeouts,
};

use super::{
    model::{Element, elements},
    order, schema,
};
use crate::{api_error, call_context::context, provider_data::ProviderData};

/// The data source `isales_retry_policy`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicyDataSource;

model! {
    /// A campaign and its policy.
    pub(crate) struct RetryPolicyAnswer {
        id: Attr<String>,
        retry_policy_id: Attr<String>,
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        policy_type: Attr<i64>,
        policy_json: Attr<Vec<Attr<Element>>>,
        timeouts: Attr<ReadTimeouts>,
    }
}

impl DataSource for RetryPolicyDataSource {
    type Data = ProviderData;
    type Model = RetryPolicyAnswer;

    fn type_name(&self) -> &'static str {
        "isales_retry_policy"
    }

    fn schema(&self) -> Schema {
        schema::data_source()
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: RetryPolicyAnswer,
    ) -> Result<RetryPolicyAnswer, Diagnostics> {
        let campaign = call
            .data
            .campaign_ref(model.vdn_id.known(), model.campaign_id.known())?;
        let answer = call
            .data
            .api()?
            .query_retry_policy(campaign, context(call))
            .await;
        let answer = answer.map_err(|error| {
            let attempt = format!("The retry policy of campaign {campaign} could not be read");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.id = Attr::Known(campaign.to_string());
        model.vdn_id = Attr::Known(campaign.vdn_id.get().into());
        match answer {
            PolicyLookup::Found(stored) => {
                model.retry_policy_id = stored.retry_policy_id.into();
                model.policy_type = Attr::Known(stored.policy.policy_type.number());
                let elements = elements(&stored.policy.policy_json);
                model.policy_json = Attr::Known(order::like(&[], elements));
            }
            PolicyLookup::NotSet => {
                model.retry_policy_id = Attr::Null;
                model.policy_type = Attr::Null;
                model.policy_json = Attr::Null;
            }
            PolicyLookup::CampaignNotFound(code) => {
                return Err(Diagnostic::error(
                    "Campaign Not Found",
                    format!(
                        "CC-iSales has no campaign {campaign} (code {code}). Check vdn_id and \
                         campaign_id."
                    ),
                )
                .at(AttributePath::attribute("campaign_id"))
                .into());
            }
            PolicyLookup::Unsupported => {
                return Err(Diagnostic::error(
                    "Retry Policies Cannot Be Read",
                    "This server has no interface for querying a retry policy.",
                )
                .into());
            }
        }
        Ok(model)
    }
}
