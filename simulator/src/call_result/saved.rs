//! Call results in the state file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::model::{CallResult, CallResults};
use crate::store::{SavedPart, Store};

pub(crate) const SAVED: SavedPart = SavedPart {
    name: "callResults",
    save,
    load,
};

/// The call results of a VDN in the state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SavedResults {
    vdn_id: u16,
    last_id: u64,
    results: Vec<CallResult>,
}

/// Saves those of the VDNs that no longer have just the usual ones.
fn save(store: &Store) -> serde_json::Result<Value> {
    let results: Vec<_> = store
        .vdns()
        .filter_map(|(vdn_id, vdn)| {
            let results = vdn.existing_part::<CallResults>()?;
            Some(SavedResults {
                vdn_id,
                last_id: results.last_id,
                results: results.rows.clone(),
            })
        })
        .collect();
    serde_json::to_value(results)
}

/// Loads the call results. VDNs that the command line does not name are added.
fn load(store: &mut Store, saved: Value) -> Result<(), String> {
    let saved: Vec<SavedResults> =
        serde_json::from_value(saved).map_err(|error| error.to_string())?;
    for saved in saved {
        *store.vdn_or_new(saved.vdn_id).part_mut() = CallResults {
            rows: saved.results,
            last_id: saved.last_id,
        };
    }
    Ok(())
}
