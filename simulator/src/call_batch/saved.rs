//! Call batches in the state file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    model::KeptCallBatch,
    stored::{LastNumber, all, insert},
};
use crate::{
    campaign,
    store::{SavedPart, Store},
};

pub(super) const SAVED: SavedPart = SavedPart {
    name: "callBatches",
    save,
    load,
};

/// The call batches in the state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SavedCallBatches {
    /// The last number used for an ID, so that no ID is used twice.
    last_number: u64,
    campaigns: Vec<SavedCampaign>,
}

/// The batches of a campaign in the state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SavedCampaign {
    vdn_id: u16,
    campaign_id: i64,
    batches: Vec<KeptCallBatch>,
}

fn save(store: &Store) -> serde_json::Result<Value> {
    let campaigns = all(store).into_iter();
    serde_json::to_value(SavedCallBatches {
        last_number: store.part::<LastNumber>().0,
        campaigns: campaigns
            .map(|((vdn_id, campaign_id), batches)| SavedCampaign {
                vdn_id,
                campaign_id,
                batches,
            })
            .collect(),
    })
}

/// Loads the batches. Campaigns that the command line does not name are added.
fn load(store: &mut Store, saved: Value) -> Result<(), String> {
    let saved: SavedCallBatches =
        serde_json::from_value(saved).map_err(|error| error.to_string())?;
    store.part_mut::<LastNumber>().0 = saved.last_number;
    for campaign in saved.campaigns {
        let (vdn_id, campaign_id) = (campaign.vdn_id, campaign.campaign_id);
        campaign::add(store, vdn_id, campaign_id);
        for batch in campaign.batches {
            insert(store, vdn_id, campaign_id, batch);
        }
    }
    Ok(())
}
