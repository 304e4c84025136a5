//! Sets a policy and reads it back.

use std::time::Duration;

use isales_client::{
    CampaignRef, Client, Error, RetryPolicy,
    retry_policy::{PolicyLookup, StoredPolicy, equivalent},
};
use tfplugin::call::Call;
use tokio::time::{Instant, sleep};

use super::{earlier::Earlier, query::query_expected, run_history::RunHistory};
use crate::{call_context::context, provider_data::ProviderData};

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

/// The longest wait for reads that still return the earlier policy.
const LONGEST_LAG: Duration = Duration::from_secs(30);

/// The longest wait after one in the same run has been in vain.
const LONGEST_LAG_AFTER_ONE: Duration = Duration::from_secs(3);

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

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
    let began = Instant::now();
    let wait = longest_wait(call);
    let mut pause = FIRST_PAUSE;
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
        let waited = began.elapsed();
        let is_over = waited + pause > wait;
        let is_cancelled = !is_over
            && tokio::select! {
                biased;
                () = call.cancel.cancelled() => true,
                () = sleep(pause) => false,
            };
        if is_over || is_cancelled {
            let history = RunHistory::of(call);
            if is_over {
                history.note_lag_in_vain();
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
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Returns the longest wait, at most nine tenths of the operation's remaining time, so that it ends
/// with a result instead of a timeout.
fn longest_wait(call: &Call<'_, ProviderData>) -> Duration {
    let longest = if RunHistory::of(call).had_lag_in_vain() {
        LONGEST_LAG_AFTER_ONE
    } else {
        LONGEST_LAG
    };
    call.time_left()
        .map_or(longest, |left| longest.min(left * 9 / 10))
}
