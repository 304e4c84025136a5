//! Does what the course of a trial says, and tells it what happened.

use std::time::Duration;

use isales_client::{
    CampaignRef, Client, Error, RetryPolicy,
    error::ProtocolProblem,
    retry_policy::{Encoding, PolicyLookup},
};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    course::Trial,
    write::{Action, Posted, Refusal, Reply, Seen},
};

/// The least time that a request of the end has, however late it is.
const LEAST_TIME: Duration = Duration::from_secs(1);

/// The signals of the user.
#[derive(Clone, Debug)]
pub(in crate::doctor) struct Signals {
    /// The first one: the trial ends early, and puts back what was there.
    pub(in crate::doctor) stop: CancellationToken,
    /// The second one: everything ends at once.
    pub(in crate::doctor) abort: CancellationToken,
}

/// How the trial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driven {
    /// It came to its end.
    Ended,
    /// The user did not wait for its end.
    Aborted,
}

/// Runs a trial to its end. `progress` is called before each request.
pub(super) async fn drive(
    trial: &mut Trial,
    client: &Client,
    campaign: CampaignRef,
    signals: &Signals,
    mut progress: impl FnMut(&Trial, &Action),
) -> Driven {
    let abort = signals.abort.clone();
    let run = async {
        let began = Instant::now();
        let mut is_stopped = false;
        loop {
            // Where everything that waits is cancelled at once, nothing else would yield to `abort`.
            if signals.abort.is_cancelled() {
                return Driven::Aborted;
            }
            let cancel = if is_stopped {
                &signals.abort
            } else {
                &signals.stop
            };
            let limit = trial
                .time_left(began.elapsed())
                .map_or(Duration::MAX, |left| left.max(LEAST_TIME));
            let action = trial.action(began.elapsed());
            progress(trial, &action);
            match action {
                Action::Wait(wait) => {
                    let _cancelled = cancel.run_until_cancelled(sleep(wait)).await;
                }
                Action::Post(policy, encoding) => {
                    let post = post(client, campaign, &policy, encoding, cancel);
                    let posted = timeout(limit, post).await;
                    let posted = posted.unwrap_or_else(|_| {
                        Posted::Unclear(Reply::Missing, OUT_OF_TIME.to_owned())
                    });
                    trial.posted(posted, began.elapsed());
                }
                Action::Read => {
                    let seen = timeout(limit, read(client, campaign, cancel)).await;
                    let seen = seen.unwrap_or_else(|_| Seen::Failed(OUT_OF_TIME.to_owned()));
                    trial.seen(seen, began.elapsed());
                }
                Action::End => return Driven::Ended,
            }
            if !is_stopped && signals.stop.is_cancelled() {
                is_stopped = true;
                trial.interrupt(began.elapsed());
            }
        }
    };
    abort
        .run_until_cancelled(run)
        .await
        .unwrap_or(Driven::Aborted)
}

const OUT_OF_TIME: &str = "there was no reply in the time that was left";

async fn post(
    client: &Client,
    campaign: CampaignRef,
    policy: &RetryPolicy,
    encoding: Encoding,
    cancel: &CancellationToken,
) -> Posted {
    let sent = client.set_retry_policy_encoded(campaign, policy, encoding, cancel);
    let Err(error) = sent.await else {
        return Posted::Accepted;
    };
    match error.cause() {
        Error::Api(error) if error.is_throttle() => Posted::TooFast,
        Error::Api(error) if error.is_not_found() => Posted::Gone,
        Error::Api(refusal) => Posted::Refused(Refusal {
            code: refusal.code.to_string(),
            reason: error.to_string(),
        }),
        // The request was handled, with whatever result.
        Error::Protocol(_) if error.may_have_taken_effect() => {
            Posted::Unclear(Reply::Unreadable, error.to_string())
        }
        _ if error.may_have_taken_effect() => Posted::Unclear(Reply::Missing, error.to_string()),
        _ => Posted::NotDone(error.to_string()),
    }
}

/// Queries the policy of a campaign.
pub(super) async fn read(
    client: &Client,
    campaign: CampaignRef,
    cancel: &CancellationToken,
) -> Seen {
    match client.query_retry_policy(campaign, cancel).await {
        Ok(PolicyLookup::Found(stored)) => Seen::Policy(Some(stored.policy)),
        Ok(PolicyLookup::NotSet) => Seen::Policy(None),
        Ok(PolicyLookup::CampaignNotFound(_)) => Seen::Gone,
        Ok(PolicyLookup::Unsupported) => {
            Seen::Failed("the server does not serve the query any more".to_owned())
        }
        Err(error) => match error.cause() {
            Error::Protocol(protocol)
                if matches!(protocol.problem, ProtocolProblem::Document { .. }) =>
            {
                Seen::Unreadable(error.to_string())
            }
            _ => Seen::Failed(error.to_string()),
        },
    }
}
