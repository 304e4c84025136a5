//! Call batches in the builder and in the running simulator.

use std::collections::BTreeMap;

use super::{Simulator, SimulatorBuilder};
use crate::call_batch::{self, CallBatchChange, CallBatchLimit, KeptCallBatch, Limit};

// === impl SimulatorBuilder ===

impl SimulatorBuilder {
    /// Sets the number of call batches that each campaign may have. Defaults to 100.
    pub fn call_batch_limit(mut self, limit: CallBatchLimit) -> Self {
        self.store.part_mut::<Limit>().0 = limit;
        self
    }
}

// === impl Simulator ===

impl Simulator {
    /// Returns the call batches of a campaign, in the order of their creation.
    pub fn call_batches(&self, vdn_id: u16, campaign_id: i64) -> Vec<KeptCallBatch> {
        let mut all = self.all_call_batches();
        all.remove(&(vdn_id, campaign_id)).unwrap_or_default()
    }

    /// Returns every call batch, by VDN and campaign.
    pub fn all_call_batches(&self) -> BTreeMap<(u16, i64), Vec<KeptCallBatch>> {
        call_batch::all(&self.service.state().store)
    }

    /// Adds a call batch without the client's knowledge. Returns its ID; `None` if the campaign does
    /// not exist, or the API would refuse the batch.
    pub fn add_call_batch(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        name: &str,
        status: i64,
    ) -> Option<String> {
        let store = &mut self.service.state().store;
        call_batch::add(store, vdn_id, campaign_id, name, status)
    }

    /// Changes a call batch without the client's knowledge. Returns whether it exists.
    pub fn change_call_batch(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        id: &str,
        change: CallBatchChange,
    ) -> bool {
        let store = &mut self.service.state().store;
        call_batch::change(store, vdn_id, campaign_id, id, change)
    }

    /// Removes a call batch without the client's knowledge. Returns whether it existed.
    pub fn remove_call_batch(&self, vdn_id: u16, campaign_id: i64, id: &str) -> bool {
        call_batch::remove(&mut self.service.state().store, vdn_id, campaign_id, id)
    }

    /// Sets the number of call batches that each campaign may have.
    pub fn set_call_batch_limit(&self, limit: CallBatchLimit) {
        self.service.state().store.part_mut::<Limit>().0 = limit;
    }
}
