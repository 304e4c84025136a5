//! The campaigns of a VDN.

use std::collections::BTreeMap;

use super::status::CampaignStatus;
use crate::{
    json::Node,
    like::Replay,
    store::{Parts, Store},
};

/// An outbound campaign.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) status: CampaignStatus,
    /// Whether the status has changed since the start.
    pub(crate) status_changed: bool,
    pub(crate) device_type: i64,
    /// `yyyy-MM-dd HH:mm:ss`, as all times of the API.
    pub(crate) begin_time: String,
    pub(crate) end_time: String,
    /// Data of other objects that belong to the campaign and are removed with it.
    pub(crate) parts: Parts,
}

/// The campaigns of a VDN, by ID.
#[derive(Clone, Debug, Default)]
pub(crate) struct Campaigns(pub(crate) BTreeMap<i64, Campaign>);

// === impl Campaign ===

impl Campaign {
    /// Creates a campaign of which only the ID is known.
    fn new(campaign_id: i64) -> Self {
        Self {
            name: format!("campaign-{campaign_id}"),
            description: String::new(),
            status: CampaignStatus::Running,
            status_changed: false,
            device_type: 2,
            begin_time: "2025-01-01 00:00:00".to_owned(),
            end_time: "2030-01-01 00:00:00".to_owned(),
            parts: Parts::default(),
        }
    }

    pub(super) fn set_status(&mut self, status: CampaignStatus) {
        self.status = status;
        self.status_changed = true;
    }

    /// Returns the members that list and detail share.
    pub(super) fn members(&self) -> Vec<(String, Node)> {
        [
            ("name", Node::text(&self.name)),
            ("description", Node::text(&self.description)),
            ("status", Node::number(self.status.number())),
            ("strBeginTime", Node::text(&self.begin_time)),
            ("strEndTime", Node::text(&self.end_time)),
            ("deviceType", Node::number(self.device_type)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

/// Adds a campaign, and its VDN if it is new. An existing campaign stays as it is.
pub(crate) fn add(store: &mut Store, vdn_id: u16, campaign_id: i64) {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    store
        .vdn_or_new(vdn_id)
        .part_mut::<Campaigns>()
        .0
        .entry(campaign_id)
        .or_insert_with(|| Campaign::new(campaign_id));
}

pub(crate) fn find(store: &Store, vdn_id: u16, campaign_id: i64) -> Option<&Campaign> {
    let campaigns = store.vdn(vdn_id)?.existing_part::<Campaigns>()?;
    campaigns.0.get(&campaign_id)
}

pub(crate) fn find_mut(store: &mut Store, vdn_id: u16, campaign_id: i64) -> Option<&mut Campaign> {
    let campaigns = store.vdn_mut(vdn_id)?.part_mut::<Campaigns>();
    campaigns.0.get_mut(&campaign_id)
}

/// Renames a campaign. Returns whether it exists.
pub(crate) fn rename(store: &mut Store, vdn_id: u16, campaign_id: i64, name: &str) -> bool {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    find_mut(store, vdn_id, campaign_id).is_some_and(|campaign| {
        name.clone_into(&mut campaign.name);
        true
    })
}

/// Sets the status of a campaign. Returns whether it exists.
pub(crate) fn set_status(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    status: CampaignStatus,
) -> bool {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let found = find_mut(store, vdn_id, campaign_id);
    let exists = found.is_some_and(|campaign| {
        campaign.set_status(status);
        true
    });
    exists && store.save().is_ok()
}

/// Removes a campaign with everything that belongs to it. Returns whether it existed.
pub(crate) fn remove(store: &mut Store, vdn_id: u16, campaign_id: i64) -> bool {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let removed = store.vdn_mut(vdn_id).is_some_and(|vdn| {
        let campaigns = vdn.part_mut::<Campaigns>();
        campaigns.0.remove(&campaign_id).is_some()
    });
    removed && store.save().is_ok()
}
