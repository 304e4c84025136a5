//! Changes on the server that the plan did not see.

use isales_client::{
    CampaignRef, Client, RetryPolicy,
    retry_policy::{PolicyLookup, equivalent},
};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{
    OnConflict, RetryPolicyModel, read::query_expected, shown_or_none, unreadable,
    unsupported::warn_unsupported,
};
use crate::provider_data::ProviderData;

/// Whether a policy may take the place of what the server has.
pub(super) enum Precheck {
    /// It may: the plan saw what is there, or what is there is to be overwritten.
    Proceed,
    /// It is there already.
    AlreadySet,
    /// There is no campaign any more.
    CampaignGone,
}

/// Looks at the policy before `wanted` takes its place, and compares it with what the plan saw,
/// neither judged by the rules.
///
/// # Errors
/// A difference, unless `on_conflict` is to overwrite it; or the policy cannot be read.
pub(super) async fn check(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    model: &RetryPolicyModel,
    seen: Option<&RetryPolicy>,
    wanted: &RetryPolicy,
) -> Result<Precheck, Diagnostic> {
    let answer = query_expected(client, campaign, call.cancel).await;
    let now = match answer.map_err(|error| unreadable(campaign, &error))? {
        PolicyLookup::Found(now) if equivalent(&now.policy, wanted) => {
            return Ok(Precheck::AlreadySet);
        }
        PolicyLookup::Found(now) => Some(now.policy),
        PolicyLookup::NotSet => None,
        PolicyLookup::CampaignNotFound => return Ok(Precheck::CampaignGone),
        PolicyLookup::Unsupported => {
            warn_unsupported(call);
            return Ok(Precheck::Proceed);
        }
    };
    let is_unchanged = match (seen, &now) {
        (Some(seen), Some(now)) => equivalent(seen, now),
        (None, None) => true,
        _ => false,
    };
    let rule = model.on_conflict.as_ref().known().map(String::as_str);
    if is_unchanged || OnConflict::from_name(rule) == OnConflict::Overwrite {
        return Ok(Precheck::Proceed);
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
