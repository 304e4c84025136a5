//! Changes on the server that the plan did not see.

use super::{ConflictRule, RetryPolicyModel, absence::query_expected, shown_or_none, unreadable};
use crate::{
    isales::{CampaignRef, Client, Query, RetryPolicy, policy::equivalent},
    provider::connection::Connection,
    tf_provider::{call::Call, diagnostics::Diagnostic},
};

/// Looks at the policy before another one takes its place.
pub(super) async fn look(
    call: &Call<'_, Connection>,
    client: &Client,
    campaign: CampaignRef,
) -> Result<Query, Diagnostic> {
    let answer = query_expected(client, campaign, call.cancel).await;
    answer.map_err(|error| unreadable(campaign, &error))
}

/// Compares what the plan saw with what the server has now, neither judged by the rules.
///
/// # Errors
/// A difference, unless `on_conflict` is to overwrite it.
pub(super) fn judge(
    campaign: CampaignRef,
    model: &RetryPolicyModel,
    seen: Option<&RetryPolicy>,
    now: Option<&RetryPolicy>,
) -> Result<(), Diagnostic> {
    let is_unchanged = match (seen, now) {
        (Some(seen), Some(now)) => equivalent(seen, now),
        (None, None) => true,
        _ => false,
    };
    let rule = model.on_conflict.as_ref().known().map(String::as_str);
    if is_unchanged || ConflictRule::from_name(rule) == ConflictRule::Overwrite {
        return Ok(());
    }
    Err(Diagnostic::error(
        "Retry Policy Changed Since The Plan",
        format!(
            "The plan saw this policy of campaign {campaign}: {}. The server now has: {}. \
             Nothing was set. Plan again to see the difference, or set on_conflict to \
             \"overwrite\".",
            shown_or_none(seen),
            shown_or_none(now)
        ),
    ))
}
