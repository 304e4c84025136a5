//! Changes on the server that the plan did not see.

use isales_client::{CampaignRef, Client, Query, RetryPolicy, policy::equivalent};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{ConflictRule, RetryPolicyModel, absence::query_expected, shown_or_none, unreadable};
use crate::connection::{Connection, warn_unsupported};

/// Whether a policy may take the place of what the server has.
pub(super) enum Outlook {
    /// It may: the plan saw what is there, or what is there is to be overwritten.
    Clear,
    /// It is there already.
    Done,
    /// There is no campaign any more.
    CampaignGone,
}

/// Looks at the policy before `wanted` takes its place, and compares it with what the plan saw,
/// neither judged by the rules.
///
/// # Errors
/// A difference, unless `on_conflict` is to overwrite it; or the policy cannot be read.
pub(super) async fn look(
    call: &mut Call<'_, Connection>,
    client: &Client,
    campaign: CampaignRef,
    model: &RetryPolicyModel,
    seen: Option<&RetryPolicy>,
    wanted: &RetryPolicy,
) -> Result<Outlook, Diagnostic> {
    let answer = query_expected(client, campaign, call.cancel).await;
    let now = match answer.map_err(|error| unreadable(campaign, &error))? {
        Query::Set(now) if equivalent(&now.policy, wanted) => return Ok(Outlook::Done),
        Query::Set(now) => Some(now.policy),
        Query::NotSet => None,
        Query::CampaignGone => return Ok(Outlook::CampaignGone),
        Query::Unsupported => {
            warn_unsupported(call);
            return Ok(Outlook::Clear);
        }
    };
    let is_unchanged = match (seen, &now) {
        (Some(seen), Some(now)) => equivalent(seen, now),
        (None, None) => true,
        _ => false,
    };
    let rule = model.on_conflict.as_ref().known().map(String::as_str);
    if is_unchanged || ConflictRule::from_name(rule) == ConflictRule::Overwrite {
        return Ok(Outlook::Clear);
    }
    Err(Diagnostic::error(
        "Retry Policy Changed Since The Plan",
        format!(
            "The plan saw this policy of campaign {campaign}: {}. The server now has: {}. \
             Nothing was set. Plan again to see the difference, or set on_conflict to \
             \"overwrite\".",
            shown_or_none(seen),
            shown_or_none(now.as_ref())
        ),
    ))
}
