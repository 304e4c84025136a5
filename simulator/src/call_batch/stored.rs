//! Stores, finds and changes the call batches of campaigns.

use std::{collections::BTreeMap, str::FromStr};

use super::model::{self, KeptCallBatch};
use crate::{
    api::{Refusal, ResultCode},
    campaign::{self, Campaigns},
    like::Replay,
    store::Store,
};

/// The call batches of a campaign, in the order of their creation. They belong to the campaign.
#[derive(Clone, Debug, Default)]
struct CallBatches(Vec<KeptCallBatch>);

/// The last number used for an ID.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LastNumber(pub(super) u64);

/// The number of batches that a campaign may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit(pub(crate) CallBatchLimit);

/// A limit of call batches for each campaign, 1 to 1000, like the tenant parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallBatchLimit(usize);

/// A change of a call batch without the client's knowledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallBatchChange {
    /// Sets `name`.
    Name(String),
    /// Sets `status`, to any number.
    Status(i64),
}

// === impl CallBatchLimit ===

impl CallBatchLimit {
    /// Creates a limit. Returns `None` outside 1 to 1000.
    pub fn new(limit: usize) -> Option<Self> {
        (1..=1000).contains(&limit).then_some(Self(limit))
    }

    /// Returns the number of batches.
    pub fn get(self) -> usize {
        self.0
    }
}

impl FromStr for CallBatchLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let limit = text.parse().ok().and_then(Self::new);
        limit.ok_or_else(|| format!("{text:?} is not a number from 1 to 1000"))
    }
}

// === impl Limit ===

impl Default for Limit {
    fn default() -> Self {
        Self(CallBatchLimit(100))
    }
}

/// Returns the batches of a campaign. A campaign that does not exist is `0200007`.
pub(super) fn of_campaign(
    store: &Store,
    vdn_id: u16,
    campaign_id: i64,
) -> Result<&[KeptCallBatch], Refusal> {
    let campaign = campaign::find(store, vdn_id, campaign_id).ok_or(ResultCode::CampaignGone)?;
    let batches = campaign.parts.get::<CallBatches>();
    Ok(batches.map_or(&[], |batches| &batches.0))
}

/// Creates a batch, unless its name is used or the campaign has as many as it may. Returns its ID.
pub(super) fn create(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    name: String,
    status: i64,
) -> Result<String, Refusal> {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let limit = store.part::<Limit>().0.get();
    let batches = of_campaign(store, vdn_id, campaign_id)?;
    refuse_used_name(batches, &name, None)?;
    if batches.len() >= limit {
        return Err(ResultCode::TooManyCallBatches.into());
    }
    let number = store.part_mut::<LastNumber>();
    number.0 += 1;
    let id = model::id(number.0);
    let batch = KeptCallBatch {
        id: id.clone(),
        name,
        status,
    };
    insert(store, vdn_id, campaign_id, batch);
    store.save()?;
    Ok(id)
}

/// Changes the batch with this ID, and saves it.
pub(super) fn modify(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    id: &str,
    change: impl FnOnce(&mut KeptCallBatch) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    of_campaign(store, vdn_id, campaign_id)?;
    let batch = batches_mut(store, vdn_id, campaign_id)
        .and_then(|batches| batches.0.iter_mut().find(|batch| batch.id == id))
        .ok_or(ResultCode::NoSuchCallBatch)?;
    change(batch)?;
    store.save()?;
    Ok(())
}

/// Refuses a name that another batch of the campaign has.
pub(super) fn refuse_used_name(
    batches: &[KeptCallBatch],
    name: &str,
    own_id: Option<&str>,
) -> Result<(), Refusal> {
    let is_used = |batch: &KeptCallBatch| batch.name == name && own_id != Some(batch.id.as_str());
    if batches.iter().any(is_used) {
        return Err(ResultCode::DuplicateCallBatch.into());
    }
    Ok(())
}

/// Deletes the batch with this ID.
pub(super) fn delete(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    id: &str,
) -> Result<(), Refusal> {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    of_campaign(store, vdn_id, campaign_id)?;
    if !take(store, vdn_id, campaign_id, id) {
        return Err(ResultCode::NoSuchCallBatch.into());
    }
    store.save()?;
    Ok(())
}

/// Adds a batch as another client would. Returns its ID; `None` if the API would refuse it.
pub(crate) fn add(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    name: &str,
    status: i64,
) -> Option<String> {
    model::check_name(name).ok()?;
    create(store, vdn_id, campaign_id, name.to_owned(), status).ok()
}

/// Changes a batch as another client, or the server itself, would. Returns whether it exists.
pub(crate) fn change(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    id: &str,
    change: CallBatchChange,
) -> bool {
    let changed = modify(store, vdn_id, campaign_id, id, |batch| {
        match change {
            CallBatchChange::Name(name) => batch.name = name,
            CallBatchChange::Status(status) => batch.status = status,
        }
        Ok(())
    });
    changed.is_ok()
}

/// Removes a batch as another client would. Returns whether it existed.
pub(crate) fn remove(store: &mut Store, vdn_id: u16, campaign_id: i64, id: &str) -> bool {
    delete(store, vdn_id, campaign_id, id).is_ok()
}

/// Returns every batch, by VDN and campaign.
pub(crate) fn all(store: &Store) -> BTreeMap<(u16, i64), Vec<KeptCallBatch>> {
    let campaigns = store.vdns().flat_map(|(vdn_id, vdn)| {
        let campaigns = vdn.existing_part::<Campaigns>().into_iter();
        campaigns
            .flat_map(|campaigns| &campaigns.0)
            .map(move |(campaign_id, campaign)| ((vdn_id, *campaign_id), campaign))
    });
    campaigns
        .filter_map(|(ids, campaign)| Some((ids, campaign.parts.get::<CallBatches>()?.0.clone())))
        .filter(|(_, batches)| !batches.is_empty())
        .collect()
}

/// Appends a batch to an existing campaign.
pub(super) fn insert(store: &mut Store, vdn_id: u16, campaign_id: i64, batch: KeptCallBatch) {
    if let Some(campaign) = campaign::find_mut(store, vdn_id, campaign_id) {
        let mut batches = campaign.parts.remove::<CallBatches>().unwrap_or_default();
        batches.0.push(batch);
        campaign.parts.insert(batches);
    }
}

fn take(store: &mut Store, vdn_id: u16, campaign_id: i64, id: &str) -> bool {
    batches_mut(store, vdn_id, campaign_id).is_some_and(|batches| {
        let before = batches.0.len();
        batches.0.retain(|batch| batch.id != id);
        batches.0.len() < before
    })
}

fn batches_mut(store: &mut Store, vdn_id: u16, campaign_id: i64) -> Option<&mut CallBatches> {
    campaign::find_mut(store, vdn_id, campaign_id)?
        .parts
        .get_mut()
}
