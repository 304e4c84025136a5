//! Stores, finds and removes the call results of VDNs. The state file is written at each change.

use super::model::{CallResult, CallResults, NewCallResult};
use crate::{
    like::Replay,
    store::{SaveError, Store},
};

pub(crate) fn all(store: &Store, vdn_id: u16) -> Vec<CallResult> {
    let vdn = store.vdn(vdn_id);
    vdn.map_or_else(Vec::new, |vdn| vdn.part::<CallResults>().rows.clone())
}

pub(crate) fn find(store: &Store, vdn_id: u16, def_id: &str) -> Option<CallResult> {
    let results = store.vdn(vdn_id)?.part::<CallResults>();
    results.find(def_id).cloned()
}

/// Adds a call result to a VDN, which is created if it is new. Returns its `defId`.
pub(crate) fn add(store: &mut Store, vdn_id: u16, new: NewCallResult) -> Result<String, SaveError> {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let results = store.vdn_or_new(vdn_id).part_mut::<CallResults>();
    let def_id = results.add(new);
    store.save()?;
    Ok(def_id)
}

/// Changes a call result. Returns whether it exists.
pub(crate) fn change(
    store: &mut Store,
    vdn_id: u16,
    def_id: &str,
    change: impl FnOnce(&mut CallResult),
) -> Result<bool, SaveError> {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let vdn = store.vdn_mut(vdn_id);
    let results = vdn.map(|vdn| vdn.part_mut::<CallResults>());
    let Some(result) = results.and_then(|results| results.find_mut(def_id)) else {
        return Ok(false);
    };
    change(result);
    store.save()?;
    Ok(true)
}

/// Removes a call result. Returns whether it existed.
pub(crate) fn remove(store: &mut Store, vdn_id: u16, def_id: &str) -> Result<bool, SaveError> {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let removed = store
        .vdn_mut(vdn_id)
        .is_some_and(|vdn| vdn.part_mut::<CallResults>().remove(def_id));
    store.save()?;
    Ok(removed)
}
