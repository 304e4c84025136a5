//! The status of campaigns in the state file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CampaignStatus, Campaigns, model};
use crate::store::{SavedPart, Store};

pub(super) const SAVED: SavedPart = SavedPart {
    name: "campaignStatuses",
    save,
    load,
};

/// The status of a campaign in the state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SavedStatus {
    vdn_id: u16,
    campaign_id: i64,
    status: CampaignStatus,
}

/// Saves those that have changed since the start: the command line determines the others.
fn save(store: &Store) -> serde_json::Result<Value> {
    let of_vdn = |(vdn_id, campaigns): (u16, &Campaigns)| -> Vec<SavedStatus> {
        let changed = campaigns.0.iter().filter(|(_, one)| one.status_changed);
        changed
            .map(|(campaign_id, campaign)| SavedStatus {
                vdn_id,
                campaign_id: *campaign_id,
                status: campaign.status,
            })
            .collect()
    };
    let statuses: Vec<SavedStatus> = store
        .vdns()
        .filter_map(|(vdn_id, vdn)| Some((vdn_id, vdn.existing_part::<Campaigns>()?)))
        .flat_map(of_vdn)
        .collect();
    serde_json::to_value(statuses)
}

/// Loads the statuses. Campaigns that the command line does not name are added.
fn load(store: &mut Store, saved: Value) -> Result<(), String> {
    let statuses: Vec<SavedStatus> =
        serde_json::from_value(saved).map_err(|error| error.to_string())?;
    for saved in statuses {
        model::add(store, saved.vdn_id, saved.campaign_id);
        if let Some(campaign) = model::find_mut(store, saved.vdn_id, saved.campaign_id) {
            campaign.set_status(saved.status);
        }
    }
    Ok(())
}
