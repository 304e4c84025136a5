//! Retry policies in the builder and in the running simulator.

use std::{collections::BTreeMap, time::Duration};

use super::{Simulator, SimulatorBuilder};
use crate::{
    retry_policy::{self, Behavior, Keeps, KeptPolicy, SetError, Takes},
    shape::Shape,
};

// === impl SimulatorBuilder ===

impl SimulatorBuilder {
    /// Sets the shape of replies.
    pub fn shape(mut self, shape: Shape) -> Self {
        self.store.part_mut::<Behavior>().shape = shape;
        self
    }

    /// Sets the forms of `policyJson` that the server takes.
    pub fn takes(mut self, takes: Takes) -> Self {
        self.store.part_mut::<Behavior>().takes = takes;
        self
    }

    /// Sets what the server stores of an accepted policy.
    pub fn keeps(mut self, keeps: Keeps) -> Self {
        self.store.part_mut::<Behavior>().keeps = keeps;
        self
    }

    /// Sets how long after a POST queries of that campaign show what was there before it.
    pub fn lag(mut self, lag: Duration) -> Self {
        self.store.part_mut::<Behavior>().lag = lag;
        self
    }
}

// === impl Simulator ===

impl Simulator {
    /// Returns a campaign's policy, or `None` if the campaign has none or does not exist.
    pub fn policy(&self, vdn_id: u16, campaign_id: i64) -> Option<KeptPolicy> {
        retry_policy::find(&self.service.state().store, vdn_id, campaign_id)
    }

    /// Returns every policy, by VDN and campaign.
    pub fn policies(&self) -> BTreeMap<(u16, i64), KeptPolicy> {
        retry_policy::all(&self.service.state().store)
    }

    /// Changes a policy without the client's knowledge, which shows at once. `policy_json` may use either quote style.
    ///
    /// # Errors
    /// If the campaign does not exist, or the API would refuse the policy.
    pub fn set_policy(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        policy_type: u8,
        policy_json: &str,
    ) -> Result<(), SetError> {
        retry_policy::set(
            &mut self.service.state().store,
            vdn_id,
            campaign_id,
            policy_type,
            policy_json,
        )
    }

    /// Removes a campaign's policy. Returns whether it had one.
    pub fn remove_policy(&self, vdn_id: u16, campaign_id: i64) -> bool {
        retry_policy::remove(&mut self.service.state().store, vdn_id, campaign_id)
    }

    /// Sets the shape of replies.
    pub fn set_shape(&self, shape: Shape) {
        self.service.state().store.part_mut::<Behavior>().shape = shape;
    }

    /// Sets the forms of `policyJson` that the server takes.
    pub fn set_takes(&self, takes: Takes) {
        self.service.state().store.part_mut::<Behavior>().takes = takes;
    }

    /// Sets what the server stores of an accepted policy.
    pub fn set_keeps(&self, keeps: Keeps) {
        self.service.state().store.part_mut::<Behavior>().keeps = keeps;
    }

    /// Sets how long after a POST queries of that campaign show what was there before it. Less than
    /// before also holds for earlier POSTs, so that zero makes them show at once.
    pub fn set_lag(&self, lag: Duration) {
        self.service.state().store.part_mut::<Behavior>().lag = lag;
    }
}
