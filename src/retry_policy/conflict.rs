//! Detects changes on the server that the plan did not see.

use isales_client::{
    CampaignRef, Client, RetryPolicy,
    error::ErrorCode,
    retry_policy::{PolicyLookup, equivalent},
};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{
    display::shown_or_none,
    earlier::{Earlier, is_obstacle},
    errors::unreadable,
    model::RetryPolicyModel,
    on_conflict::OnConflict,
    query::query_expected,
    unsupported,
};
use crate::{api_error, provider_data::ProviderData};

/// The result of a check before a POST.
pub(super) enum Precheck {
    /// The server has what the plan saw, or `on_conflict` is `overwrite`.
    Proceed(Earlier),
    /// The server already has the policy to set.
    AlreadySet(Earlier),
    /// The campaign no longer exists, according to this code.
    CampaignNotFound(ErrorCode),
}

/// Compares the policy that `wanted` will replace with the one that the plan saw.
///
/// # Errors
/// The policies differ or the server's cannot be read, and `on_conflict` is not `overwrite`.
pub(super) async fn check(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    model: &RetryPolicyModel,
    seen: Option<&RetryPolicy>,
    wanted: &RetryPolicy,
) -> Result<Precheck, Diagnostic> {
    let rule = OnConflict::from_name(model.on_conflict.as_ref().known().map(String::as_str));
    let now = match query_expected(call, client, campaign).await {
        Ok(PolicyLookup::Found(now)) if equivalent(&now.policy, wanted) => {
            return Ok(Precheck::AlreadySet(Earlier::Policy(now.policy)));
        }
        Ok(PolicyLookup::Found(now)) => Some(now.policy),
        Ok(PolicyLookup::NotSet) => None,
        Ok(PolicyLookup::CampaignNotFound(code)) => return Ok(Precheck::CampaignNotFound(code)),
        Ok(PolicyLookup::Unsupported) => {
            unsupported::warn(call, campaign);
            return Ok(Precheck::Proceed(Earlier::Unknown));
        }
        Err(error) if is_obstacle(&error) => return Err(unreadable(campaign, &error)),
        Err(error) => {
            let mut diagnostic = unreadable(campaign, &error);
            if rule == OnConflict::Refuse {
                api_error::add(
                    &mut diagnostic,
                    " To set the policy without knowing which one it replaces, set on_conflict to \
                     \"overwrite\" and apply with -refresh=false.",
                );
                return Err(diagnostic);
            }
            call.warn(
                "Earlier Retry Policy Not Read",
                format!(
                    "The retry policy of campaign {campaign} could not be read before it is \
                     replaced. It is replaced anyway, because on_conflict is \"overwrite\": {error}"
                ),
            );
            return Ok(Precheck::Proceed(Earlier::Unknown));
        }
    };
    let is_unchanged = match (seen, &now) {
        (Some(seen), Some(now)) => equivalent(seen, now),
        (None, None) => true,
        _ => false,
    };
    if is_unchanged || rule == OnConflict::Overwrite {
        return Ok(Precheck::Proceed(
            now.map_or(Earlier::None, Earlier::Policy),
        ));
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
