//! Sets a policy and reads it back.

use std::time::Duration;

use isales_client::{
    CampaignRef, Client, Error, RetryPolicy,
    retry_policy::{PolicyLookup, StoredPolicy, equivalent},
};
use tfplugin::call::Call;

use super::{earlier::Earlier, query::query_expected, run_history::RunHistory};
use crate::{
    call_context::context,
    lag::{LONGEST_LAG, LONGEST_LAG_AFTER_ONE, LagWait, Waited},
    provider_data::ProviderData,
};

/// The server's policy after it has confirmed one.
pub(super) enum Verified {
    /// The policy that was set.
    Kept(StoredPolicy),
    /// Still the earlier policy after the wait: reads lag behind writes.
    NotShownYet {
        /// Duration of the wait.
        waited: Duration,
    },
    /// A different policy; `None` is no policy.
    Other(Option<StoredPolicy>),
    /// No such campaign.
    CampaignNotFound,
    /// The server does not support the query.
    Unsupported,
    /// The query failed, or its reply cannot be read.
    Unread(Error),
}

/// Posts the policy, and reads it back until the server returns something other than `earlier`.
///
/// In a cluster or behind a cache, the first reads may still return the earlier policy. Only a third
/// policy proves that the server kept something else. If `earlier` is unknown, any other policy may be
/// the earlier one, so the last read decides.
///
/// # Errors
/// The POST has failed.
pub(super) async fn set_and_verify(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    policy: &RetryPolicy,
    earlier: &Earlier,
) -> Result<Verified, Error> {
    client
        .set_retry_policy(campaign, policy, context(call))
        .await?;
    let longest = if RunHistory::of(call).had_lag_in_vain() {
        LONGEST_LAG_AFTER_ONE
    } else {
        LONGEST_LAG
    };
    let mut wait = LagWait::new(call, longest);
    loop {
        let now = match query_expected(call, client, campaign).await {
            Ok(PolicyLookup::Found(now)) if equivalent(&now.policy, policy) => {
                return Ok(Verified::Kept(now));
            }
            Ok(PolicyLookup::Found(now)) => Some(now),
            Ok(PolicyLookup::NotSet) => None,
            Ok(PolicyLookup::CampaignNotFound(_)) => {
                return Ok(Verified::CampaignNotFound);
            }
            Ok(PolicyLookup::Unsupported) => return Ok(Verified::Unsupported),
            Err(error) => return Ok(Verified::Unread(error)),
        };
        if !earlier.may_be(now.as_ref().map(|now| &now.policy)) {
            return Ok(Verified::Other(now));
        }
        let end = wait.next(call.cancel).await;
        let waited = wait.elapsed();
        if end != Waited::ReadAgain {
            let is_over = end == Waited::Over;
            if is_over {
                RunHistory::of(call).note_lag_in_vain();
            }
            return Ok(match earlier {
                Earlier::Unknown if is_over => Verified::Other(now),
                _ => Verified::NotShownYet { waited },
            });
        }
        log::info!(
            campaign:% = campaign, waited_ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
            "The server still returns the earlier policy, reading again"
        );
    }
}
