//! The data source `isales_retry_policy`.

use isales_client::Query;
use tfplugin::model;
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    path::AttributePath,
    schema::Schema,
};

use super::{
    model::{Element, elements},
    schema,
};
use crate::{api_error, connection::Connection};

/// The data source `isales_retry_policy`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicyDataSource;

model! {
    /// A campaign, and the policy it has.
    pub(crate) struct RetryPolicyAnswer {
        id: Attr<String>,
        retry_policy_id: Attr<String>,
        vdn_id: Attr<i64>,
        campaign_id: Attr<i64>,
        policy_type: Attr<i64>,
        policy_json: Attr<Vec<Attr<Element>>>,
    }
}

impl DataSource for RetryPolicyDataSource {
    type Client = Connection;
    type Model = RetryPolicyAnswer;

    fn type_name(&self) -> &'static str {
        "isales_retry_policy"
    }

    fn schema(&self) -> Schema {
        schema::data_source()
    }

    async fn read(
        &self,
        call: &mut Call<'_, Connection>,
        mut model: RetryPolicyAnswer,
    ) -> Result<RetryPolicyAnswer, Diagnostics> {
        let campaign = call
            .client
            .campaign(model.vdn_id.known(), model.campaign_id.known())?;
        let answer = call
            .client
            .client()?
            .query_retry_policy(campaign, call.cancel)
            .await;
        let answer = answer.map_err(|error| {
            let attempt = format!("The retry policy of campaign {campaign} could not be read");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.id = Attr::Known(campaign.to_string());
        model.vdn_id = Attr::Known(campaign.vdn_id.get().into());
        match answer {
            Query::Set(stored) => {
                model.retry_policy_id = stored.retry_policy_id.into();
                model.policy_type = Attr::Known(stored.policy.policy_type.number());
                model.policy_json = Attr::Known(elements(&stored.policy.policy_json));
            }
            Query::NotSet => {
                model.retry_policy_id = Attr::Null;
                model.policy_type = Attr::Null;
                model.policy_json = Attr::Null;
            }
            Query::CampaignGone => {
                return Err(Diagnostic::error(
                    "Campaign Not Found",
                    format!(
                        "CC-iSales knows no campaign {campaign} (code 0200-01). Check vdn_id and \
                         campaign_id."
                    ),
                )
                .at(AttributePath::attribute("campaign_id"))
                .into());
            }
            Query::Unsupported => {
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
