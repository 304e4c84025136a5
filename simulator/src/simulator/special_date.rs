//! Special dates in the running simulator.

use std::collections::BTreeMap;

use super::Simulator;
use crate::special_date::{self, SpecialDate};

// === impl Simulator ===

impl Simulator {
    /// Returns the special dates of a campaign, by ID.
    pub fn special_dates(&self, vdn_id: u16, campaign_id: i64) -> BTreeMap<i64, SpecialDate> {
        special_date::all(&self.service.state().store, vdn_id, campaign_id)
    }

    /// Adds a special date without the client's knowledge, whatever it is. Returns its ID, or `None` if
    /// the campaign does not exist.
    pub fn add_special_date(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        date: SpecialDate,
    ) -> Option<i64> {
        special_date::add(&mut self.service.state().store, vdn_id, campaign_id, date)
    }

    /// Changes a special date, or adds it with this ID, without the client's knowledge. Returns whether
    /// the campaign exists.
    pub fn set_special_date(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        id: i64,
        date: SpecialDate,
    ) -> bool {
        let store = &mut self.service.state().store;
        special_date::set(store, vdn_id, campaign_id, id, date)
    }

    /// Removes a special date. Returns whether it existed.
    pub fn remove_special_date(&self, vdn_id: u16, campaign_id: i64, id: i64) -> bool {
        special_date::remove(&mut self.service.state().store, vdn_id, campaign_id, id)
    }
}
