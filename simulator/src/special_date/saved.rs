//! Special dates in the state file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    model::SpecialDate,
    stored::{set, stored},
};
use crate::{
    campaign,
    store::{SavedPart, Store},
};

pub(super) const SAVED: SavedPart = SavedPart {
    name: "specialDates",
    save,
    load,
};

/// A special date in the state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SavedDate {
    vdn_id: u16,
    campaign_id: i64,
    id: i64,
    date: SpecialDate,
}

fn save(store: &Store) -> serde_json::Result<Value> {
    let dates: Vec<_> = stored(store)
        .map(|(vdn_id, campaign_id, id, date)| SavedDate {
            vdn_id,
            campaign_id,
            id,
            date: date.clone(),
        })
        .collect();
    serde_json::to_value(dates)
}

/// Loads the special dates. Campaigns that the command line does not name are added.
fn load(store: &mut Store, saved: Value) -> Result<(), String> {
    let dates: Vec<SavedDate> = serde_json::from_value(saved).map_err(|error| error.to_string())?;
    for saved in dates {
        campaign::add(store, saved.vdn_id, saved.campaign_id);
        set(store, saved.vdn_id, saved.campaign_id, saved.id, saved.date);
    }
    Ok(())
}
