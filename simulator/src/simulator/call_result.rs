//! Call results in the builder and in the running simulator.

use super::{Simulator, SimulatorBuilder};
use crate::call_result::{self, Behavior, CallResult, MissingCallResult, NewCallResult};

// === impl SimulatorBuilder ===

impl SimulatorBuilder {
    /// Sets the detail of a call result that does not exist.
    pub fn missing_call_result(mut self, missing: MissingCallResult) -> Self {
        self.store.part_mut::<Behavior>().missing = missing;
        self
    }

    /// Refuses the delete of a call result that a retry policy names.
    pub fn refuse_used_call_results(mut self) -> Self {
        self.store.part_mut::<Behavior>().refuses_used = true;
        self
    }
}

// === impl Simulator ===

impl Simulator {
    /// Returns the call results of a VDN, in the order in which they were created.
    pub fn call_results(&self, vdn_id: u16) -> Vec<CallResult> {
        call_result::all(&self.service.state().store, vdn_id)
    }

    /// Adds a call result without the client's knowledge, and returns its `defId`; an empty one if
    /// the state file cannot be written.
    pub fn add_call_result(
        &self,
        vdn_id: u16,
        result_code: &str,
        display_result: &str,
        obs_codes: &[&str],
    ) -> String {
        let new = NewCallResult {
            result_code: Some(result_code.to_owned()),
            display_result: display_result.to_owned(),
            obs_codes: obs_codes.iter().map(|code| (*code).to_owned()).collect(),
        };
        let added = call_result::add(&mut self.service.state().store, vdn_id, new);
        added.unwrap_or_default()
    }

    /// Changes a call result without the client's knowledge. Returns whether it exists.
    pub fn change_call_result(
        &self,
        vdn_id: u16,
        def_id: &str,
        change: impl FnOnce(&mut CallResult),
    ) -> bool {
        let mut state = self.service.state();
        call_result::change(&mut state.store, vdn_id, def_id, change).unwrap_or_default()
    }

    /// Removes a call result. Returns whether it existed.
    pub fn remove_call_result(&self, vdn_id: u16, def_id: &str) -> bool {
        call_result::remove(&mut self.service.state().store, vdn_id, def_id).unwrap_or_default()
    }

    /// Sets the detail of a call result that does not exist.
    pub fn set_missing_call_result(&self, missing: MissingCallResult) {
        let mut state = self.service.state();
        state.store.part_mut::<Behavior>().missing = missing;
    }
}
