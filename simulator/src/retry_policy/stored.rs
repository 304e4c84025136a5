//! Stores, finds and removes the policies of campaigns.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use super::{
    keeps::Keeps,
    lag::History,
    model::{Policy, StoredPolicy},
    takes::Takes,
};
use crate::{
    api::{Refusal, ResultCode},
    campaign::{self, Campaign, Campaigns},
    like::Replay,
    shape::Shape,
    store::Store,
};

/// A campaign's policy as seen by tests and the admin interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPolicy {
    /// ID in query replies.
    pub retry_policy_id: String,
    /// `policyType`: 0 or 1.
    pub policy_type: u8,
    /// `policyJson` exactly as posted, or strict JSON if [`Keeps`] made the server store something
    /// else.
    pub policy_json: String,
    /// The stored policy as a list of elements in canonical form: the common policy flat, integers
    /// as integers, elements and result entries in a fixed order, `noRetryPolicy` sorted and
    /// omitted if empty.
    pub meaning: Value,
}

/// How the server treats retry policies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Behavior {
    /// The form of replies.
    pub(crate) shape: Shape,
    /// The forms of `policyJson` that the server takes.
    pub(crate) takes: Takes,
    /// What the server stores of an accepted policy.
    pub(crate) keeps: Keeps,
    /// How long after a POST queries show what was there before.
    pub(crate) lag: Duration,
}

/// The last number used for a `retryPolicyId`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LastId(pub(super) u64);

/// The effect of an accepted policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Changed,
    /// The campaign already had an equivalent policy.
    SameAsBefore,
    /// The server is set to store nothing.
    Ignored,
}

/// A failure to set a policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SetError {
    /// The campaign does not exist.
    #[error("VDN {vdn_id} has no campaign {campaign_id}; add it first")]
    NoSuchCampaign {
        /// ID of the VDN.
        vdn_id: u16,
        /// ID of the campaign.
        campaign_id: i64,
    },
    /// The policy violates a rule of Tables 3 to 5.
    #[error("the API would refuse this policy: {0}")]
    Refused(String),
}

// === impl StoredPolicy ===

impl StoredPolicy {
    fn kept(&self) -> KeptPolicy {
        KeptPolicy {
            retry_policy_id: self.retry_policy_id.clone(),
            policy_type: self.policy.policy_type.number(),
            policy_json: self.policy_json.clone(),
            meaning: self.policy.meaning(),
        }
    }
}

/// Stores a policy posted by a client. The state file is written before this returns.
pub(super) fn post(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    posted: (Policy, String),
) -> Result<Stored, Refusal> {
    let Behavior { keeps, lag, .. } = *store.part::<Behavior>();
    let before = campaign::find(store, vdn_id, campaign_id)
        .and_then(|campaign| campaign.parts.get::<StoredPolicy>())
        .cloned();
    let stored = post_keeping(store, vdn_id, campaign_id, posted, keeps)?;
    if stored != Stored::Ignored
        && let Some(campaign) = campaign::find_mut(store, vdn_id, campaign_id)
    {
        let mut history = campaign.parts.remove::<History>().unwrap_or_default();
        history.record(lag, before);
        campaign.parts.insert(history);
    }
    Ok(stored)
}

/// Returns what a query shows: the policy, or for the time of `lag` after a POST, and always if
/// `stale`, the one before.
pub(super) fn shown(campaign: &Campaign, lag: Duration, stale: bool) -> Option<&StoredPolicy> {
    campaign
        .parts
        .get::<History>()
        .and_then(|history| {
            if stale {
                history.stale()
            } else {
                history.shown(lag)
            }
        })
        .unwrap_or_else(|| campaign.parts.get())
}

fn post_keeping(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    (policy, policy_json): (Policy, String),
    keeps: Keeps,
) -> Result<Stored, Refusal> {
    let next_id = store.part::<LastId>().0 + 1;
    let campaign =
        campaign::find_mut(store, vdn_id, campaign_id).ok_or(ResultCode::NoSuchCampaign)?;
    let Some(policy) = keeps.apply(policy) else {
        return Ok(Stored::Ignored);
    };
    let (retry_policy_id, outcome) = match campaign.parts.get::<StoredPolicy>() {
        Some(before) if before.policy.is_equivalent(&policy) => {
            (before.retry_policy_id.clone(), Stored::SameAsBefore)
        }
        Some(before) => (before.retry_policy_id.clone(), Stored::Changed),
        None => (next_id.to_string(), Stored::Changed),
    };
    // The posted text no longer describes a changed policy.
    let policy_json = if keeps == Keeps::AsSent {
        policy_json
    } else {
        policy.meaning().to_string()
    };
    campaign.parts.insert(StoredPolicy {
        retry_policy_id,
        policy,
        policy_json,
    });
    store.part_mut::<LastId>().0 = next_id;
    store.save()?;
    Ok(outcome)
}

/// Sets a policy as a third party would, whatever the server is set to keep. It shows at once.
pub(crate) fn set(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    policy_type: u8,
    policy_json: &str,
) -> Result<(), SetError> {
    if campaign::find(store, vdn_id, campaign_id).is_none() {
        return Err(SetError::NoSuchCampaign {
            vdn_id,
            campaign_id,
        });
    }
    Policy::parse(policy_type.into(), policy_json)
        .and_then(|policy| {
            let posted = (policy, policy_json.to_owned());
            post_keeping(store, vdn_id, campaign_id, posted, Keeps::AsSent)
        })
        .map_err(|refusal| SetError::Refused(refusal.to_string()))?;
    forget_history(store, vdn_id, campaign_id);
    Ok(())
}

/// Removes a campaign's policy, which shows at once. Returns whether it had one.
pub(crate) fn remove(store: &mut Store, vdn_id: u16, campaign_id: i64) -> bool {
    forget_history(store, vdn_id, campaign_id);
    let removed = campaign::find_mut(store, vdn_id, campaign_id)
        .is_some_and(|campaign| campaign.parts.remove::<StoredPolicy>().is_some());
    removed && store.save().is_ok()
}

/// Forgets what was there before, and what a recorded server showed.
fn forget_history(store: &mut Store, vdn_id: u16, campaign_id: i64) {
    if let Some(campaign) = campaign::find_mut(store, vdn_id, campaign_id) {
        campaign.parts.remove::<History>();
    }
    let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/retryPolicy/{campaign_id}");
    store.part_mut::<Replay>().forget_path(&path);
}

pub(crate) fn find(store: &Store, vdn_id: u16, campaign_id: i64) -> Option<KeptPolicy> {
    let campaign = campaign::find(store, vdn_id, campaign_id)?;
    Some(campaign.parts.get::<StoredPolicy>()?.kept())
}

/// Returns every policy, by VDN and campaign.
pub(crate) fn all(store: &Store) -> BTreeMap<(u16, i64), KeptPolicy> {
    stored(store)
        .map(|(ids, policy)| (ids, policy.kept()))
        .collect()
}

/// Returns every policy with the IDs of its VDN and campaign.
pub(super) fn stored(store: &Store) -> impl Iterator<Item = ((u16, i64), &StoredPolicy)> {
    store.vdns().flat_map(|(vdn_id, vdn)| {
        vdn.existing_part::<Campaigns>()
            .into_iter()
            .flat_map(|campaigns| &campaigns.0)
            .filter_map(move |(campaign_id, campaign)| {
                Some(((vdn_id, *campaign_id), campaign.parts.get()?))
            })
    })
}
