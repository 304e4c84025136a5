//! Retry policies in the state file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    model::{Policy, StoredPolicy},
    stored::{LastId, stored},
};
use crate::{
    campaign,
    store::{SavedPart, Store},
};

pub(crate) const SAVED: SavedPart = SavedPart {
    name: "retryPolicies",
    save,
    load,
};

/// A campaign's policy in the state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SavedPolicy {
    vdn_id: u16,
    campaign_id: i64,
    retry_policy_id: String,
    policy_type: u8,
    policy_json: String,
}

fn save(store: &Store) -> serde_json::Result<Value> {
    let policies: Vec<SavedPolicy> = stored(store)
        .map(|((vdn_id, campaign_id), stored)| SavedPolicy {
            vdn_id,
            campaign_id,
            retry_policy_id: stored.retry_policy_id.clone(),
            policy_type: stored.policy.policy_type.number(),
            policy_json: stored.policy_json.clone(),
        })
        .collect();
    serde_json::to_value(policies)
}

/// Loads the policies. Campaigns that the command line does not name are added.
fn load(store: &mut Store, saved: Value) -> Result<(), String> {
    let policies: Vec<SavedPolicy> =
        serde_json::from_value(saved).map_err(|error| error.to_string())?;
    for saved in policies {
        let policy = Policy::parse(saved.policy_type.into(), &saved.policy_json)
            .map_err(|refusal| refusal.to_string())?;
        let id = saved.retry_policy_id.parse().unwrap_or_default();
        let last_id = store.part_mut::<LastId>();
        last_id.0 = last_id.0.max(id);
        campaign::add(store, saved.vdn_id, saved.campaign_id);
        if let Some(campaign) = campaign::find_mut(store, saved.vdn_id, saved.campaign_id) {
            campaign.parts.insert(StoredPolicy {
                retry_policy_id: saved.retry_policy_id,
                policy,
                policy_json: saved.policy_json,
            });
        }
    }
    Ok(())
}
