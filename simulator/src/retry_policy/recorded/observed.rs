//! Recorded replies, with what the server answered about.

use std::time::Duration;

use super::read::read;
use crate::{
    campaign,
    like::{RecordedExchange, RecordedReply, ids},
    retry_policy::model::{Policy, StoredPolicy},
    store::Store,
};

/// The path of both interfaces.
pub(in crate::retry_policy) const PATH: &str =
    "v1/openapi/campaigns/{vdnId}/retryPolicy/{campaignId}";

/// A reply, with what it answers about.
#[derive(Clone, Debug)]
pub(super) struct Observed {
    pub(super) subject: Subject,
    pub(super) reply: RecordedReply,
}

/// What a reply is about.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// A query of this policy. Whether it was posted in the same recording: the order of its elements
    /// and keys is that of the client.
    Policy(StoredPolicy, Source),
    /// A query of a campaign without a policy.
    Unset,
    /// A query or POST for a campaign that does not exist.
    Gone,
    /// An accepted POST.
    Accepted,
    /// A query whose policy cannot be read.
    Unreadable,
}

/// Where the order of a policy's elements and keys comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The client posted it in this recording.
    Posted,
    /// The examples of the reference.
    Reference,
}

/// Returns the replies of both interfaces.
pub(super) fn observe(store: &Store, exchanges: &[RecordedExchange]) -> Vec<Observed> {
    let mut observed = Vec::new();
    let mut posted: Vec<(&str, Policy, String)> = Vec::new();
    for exchange in exchanges {
        let (Some((Some(vdn_id), Some(campaign_id))), Some(reply)) =
            (ids(PATH, &exchange.path), exchange.authorized_reply())
        else {
            continue;
        };
        let is_known = campaign::find(store, vdn_id, campaign_id).is_some();
        let subject = match (exchange.method.as_str(), reply.result_code()) {
            ("POST", Some("0200000")) => {
                let body = exchange.request_body.as_ref();
                let body = body.and_then(|body| body.json.as_ref());
                if let Some(Ok((policy, text))) = body.map(Policy::from_body) {
                    posted.push((&exchange.path, policy, text));
                }
                Subject::Accepted
            }
            ("POST", _) if !is_known => Subject::Gone,
            ("GET", _) => match reply.body.json.as_ref().and_then(read) {
                Some(policy) => of_policy(policy, &exchange.path, &posted),
                None if !is_known => Subject::Gone,
                None if seems_unset(reply) => Subject::Unset,
                None => Subject::Unreadable,
            },
            _ => continue,
        };
        observed.push(Observed {
            subject,
            reply: reply.clone(),
        });
    }
    observed
}

/// Prefers the text that a client posted to one that was read from a reply.
fn of_policy(read: StoredPolicy, path: &str, posted: &[(&str, Policy, String)]) -> Subject {
    let last = posted.iter().rfind(|(posted, ..)| *posted == path);
    match last {
        Some((_, policy, text)) if policy.is_equivalent(&read.policy) => {
            let stored = StoredPolicy {
                retry_policy_id: read.retry_policy_id,
                policy: policy.clone(),
                policy_json: text.clone(),
            };
            Subject::Policy(stored, Source::Posted)
        }
        _ => Subject::Policy(read, Source::Reference),
    }
}

/// Returns whether a reply without a policy says that there is none: its `policyJson` is empty.
fn seems_unset(reply: &RecordedReply) -> bool {
    let text = reply.body.text.as_deref().unwrap_or_default();
    let has_elements = |text: &str| text.contains("retry") || text.contains("element");
    let lower = text.to_lowercase();
    let Some(start) = lower.find("policyjson") else {
        return true;
    };
    let rest: String = lower
        .get(start + "policyjson".len()..)
        .unwrap_or_default()
        .chars()
        .filter(|character| !matches!(character, '"' | ':' | ' ' | '\\'))
        .take(2)
        .collect();
    !has_elements(&rest) && (rest.starts_with(['}', ',']) || rest == "nu" || rest == "[]")
}

/// Returns how long queries lag behind a POST: about halfway between the last query that shows what was
/// there before, and the next one.
pub(super) fn lag(exchanges: &[RecordedExchange]) -> Option<Duration> {
    let mut lags = Vec::new();
    for (index, post) in exchanges.iter().enumerate() {
        let is_accepted = |reply: &RecordedReply| reply.result_code() == Some("0200000");
        if post.method != "POST" || !post.authorized_reply().is_some_and(is_accepted) {
            continue;
        }
        let query = |other: &&RecordedExchange| other.method == "GET" && other.path == post.path;
        let text = |other: &RecordedExchange| {
            let reply = other.authorized_reply()?;
            reply.body.text.clone()
        };
        let earlier = exchanges.iter().take(index).rfind(query).and_then(text);
        let later = exchanges
            .iter()
            .skip(index + 1)
            .take_while(|other| other.method == "GET")
            .filter(query);
        let mut last_stale = None;
        for query in later {
            let since = query.at.saturating_sub(post.at);
            if earlier.is_some() && text(query) == earlier {
                last_stale = Some(since);
            } else if let Some(stale) = last_stale {
                lags.push((stale + since) / 2);
                break;
            } else {
                break;
            }
        }
    }
    lags.into_iter().max()
}
