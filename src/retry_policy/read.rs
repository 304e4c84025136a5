//! Reading a retry policy back.

use isales_client::Query;
use tfplugin::{call::Call, diagnostics::Diagnostic, model::Attr, resource::State};

use super::{RetryPolicyResource, absence::query_expected, campaign};
use crate::{
    api_error,
    connection::{Connection, warn_unsupported},
};

/// The policy as the server has it now; none when the campaign is gone or has no policy.
pub(super) async fn read(
    call: &mut Call<'_, Connection>,
    mut state: State<RetryPolicyResource>,
) -> Result<Option<State<RetryPolicyResource>>, Diagnostic> {
    let client = match call.client.client() {
        Ok(client) => client,
        Err(pending) => {
            // A plan can go by the state; apply reads again.
            call.warn("Retry Policy Not Refreshed", pending.detail);
            return Ok(Some(state));
        }
    };
    let campaign = campaign(call.client, &state.model)?;
    let answer = query_expected(client, campaign, call.cancel).await;
    let answer = answer.map_err(|error| {
        let attempt = format!("The retry policy of campaign {campaign} could not be read");
        api_error::diagnostic(&attempt, &error)
    })?;
    match answer {
        Query::Set(stored) => {
            let model = &mut state.model;
            model.id = Attr::Known(campaign.to_string());
            model.vdn_id = Attr::Known(campaign.vdn_id.get().into());
            model.campaign_id = Attr::Known(campaign.campaign_id.get());
            model.retry_policy_id = stored.retry_policy_id.into();
            model.set_policy(&stored.policy);
            Ok(Some(state))
        }
        Query::NotSet | Query::CampaignGone => {
            log::info!(campaign:% = campaign; "the retry policy is gone");
            Ok(None)
        }
        Query::Unsupported => {
            warn_unsupported(call);
            Ok(Some(state))
        }
    }
}
