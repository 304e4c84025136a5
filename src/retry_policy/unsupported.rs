//! Warns of servers and campaigns whose policy cannot be queried.

use isales_client::CampaignRef;
use tfplugin::call::Call;

use super::run_history::RunHistory;
use crate::provider_data::ProviderData;

/// Warns that the policy of a campaign cannot be queried: once per run if the server has not answered
/// any such query, otherwise for each campaign.
pub(super) fn warn(call: &mut Call<'_, ProviderData>, campaign: CampaignRef) {
    let history = RunHistory::of(call);
    if history.was_query_answered() {
        call.warn(
            "Retry Policy Cannot Be Read",
            format!(
                "The server has no query for the retry policy of campaign {campaign} (HTTP status \
                 404 or 405), although it answers the query of other campaigns. Terraform keeps \
                 the policy in its state. If the campaign is gone, remove the resource from the \
                 configuration, and from the state with terraform state rm."
            ),
        );
    } else if history.is_first_unsupported() {
        call.warn(
            "Retry Policies Cannot Be Read",
            "This server has no interface for querying a retry policy, so Terraform relies on its \
             state: changes made elsewhere are not detected, and policies are not verified after \
             they are set.",
        );
    }
}
