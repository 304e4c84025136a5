//! Campaigns in the builder and in the running simulator.

use super::{Simulator, SimulatorBuilder};
use crate::campaign::{self, CampaignStatus};

// === impl SimulatorBuilder ===

impl SimulatorBuilder {
    /// Adds a campaign, and its VDN if it is new. Without any, the server has VDN 25 with campaigns
    /// 1 to 300 and VDN 26 with 1 to 50.
    pub fn campaign(mut self, vdn_id: u16, campaign_id: i64) -> Self {
        campaign::add(&mut self.store, vdn_id, campaign_id);
        self
    }

    /// Adds campaigns to a VDN, which is created if it is new.
    pub fn campaigns(mut self, vdn_id: u16, campaign_ids: impl IntoIterator<Item = i64>) -> Self {
        self.store.vdn_or_new(vdn_id);
        for campaign_id in campaign_ids {
            campaign::add(&mut self.store, vdn_id, campaign_id);
        }
        self
    }
}

// === impl Simulator ===

impl Simulator {
    /// Adds a campaign, and its VDN if it is new.
    pub fn add_campaign(&self, vdn_id: u16, campaign_id: i64) {
        campaign::add(&mut self.service.state().store, vdn_id, campaign_id);
    }

    /// Renames a campaign. Returns whether it exists.
    pub fn name_campaign(&self, vdn_id: u16, campaign_id: i64, name: &str) -> bool {
        campaign::rename(&mut self.service.state().store, vdn_id, campaign_id, name)
    }

    /// Returns the status of a campaign, if it exists.
    pub fn campaign_status(&self, vdn_id: u16, campaign_id: i64) -> Option<CampaignStatus> {
        let state = self.service.state();
        campaign::find(&state.store, vdn_id, campaign_id).map(|campaign| campaign.status)
    }

    /// Sets the status of a campaign. Returns whether it exists.
    pub fn set_campaign_status(
        &self,
        vdn_id: u16,
        campaign_id: i64,
        status: CampaignStatus,
    ) -> bool {
        campaign::set_status(&mut self.service.state().store, vdn_id, campaign_id, status)
    }

    /// Removes a campaign with everything that belongs to it. Returns whether it existed.
    pub fn remove_campaign(&self, vdn_id: u16, campaign_id: i64) -> bool {
        campaign::remove(&mut self.service.state().store, vdn_id, campaign_id)
    }
}
