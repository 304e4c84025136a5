//! Stores, finds and removes the special dates of campaigns.

use std::collections::BTreeMap;

use super::model::{SpecialDate, SpecialDates};
use crate::{
    api::{Refusal, ResultCode},
    campaign::{self, Campaign, Campaigns},
    like::Replay,
    store::Store,
};

/// The maximum number of special dates of a campaign.
const MAX_DATES: usize = 20;

/// The ID before the first one.
const BEFORE_FIRST_ID: i64 = 1_318_795_088;

/// The number of IDs used so far. IDs are unique in the server \[I\].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UsedIds(i64);

/// What a campaign had before the last change by a client, for scripts that ask for a stale reply.
#[derive(Clone, Debug)]
struct Before(SpecialDates);

// === impl UsedIds ===

impl UsedIds {
    /// Makes sure that new IDs are greater than this one.
    pub(super) fn skip(&mut self, id: i64) {
        self.0 = self.0.max(id.saturating_sub(BEFORE_FIRST_ID));
    }

    fn next(&mut self) -> i64 {
        self.0 += 1;
        BEFORE_FIRST_ID + self.0
    }
}

/// Changes the special dates of a campaign for a client, and saves them.
pub(super) fn change(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    change: impl FnOnce(&mut SpecialDates, &mut UsedIds) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut used = *store.part::<UsedIds>();
    let campaign = existing_mut(store, vdn_id, campaign_id)?;
    let before = dates(campaign).cloned().unwrap_or_default();
    let mut after = before.clone();
    change(&mut after, &mut used)?;
    campaign.parts.insert(Before(before));
    campaign.parts.insert(after);
    *store.part_mut::<UsedIds>() = used;
    store.save()?;
    Ok(())
}

/// Adds a special date.
pub(super) fn insert(
    dates: &mut SpecialDates,
    used: &mut UsedIds,
    date: SpecialDate,
) -> Result<(), Refusal> {
    refuse_taken_name(dates, &date.name, None)?;
    if dates.0.len() >= MAX_DATES {
        return Err(ResultCode::TooManySpecialDates.into());
    }
    dates.0.insert(used.next(), date);
    Ok(())
}

/// Replaces a special date.
pub(super) fn replace(dates: &mut SpecialDates, id: i64, date: SpecialDate) -> Result<(), Refusal> {
    if !dates.0.contains_key(&id) {
        return Err(ResultCode::NoSuchSpecialDate.into());
    }
    refuse_taken_name(dates, &date.name, Some(id))?;
    dates.0.insert(id, date);
    Ok(())
}

/// Refuses the name of another special date of the campaign. Whether names are unique in the whole
/// VDN is not documented.
fn refuse_taken_name(dates: &SpecialDates, name: &str, own: Option<i64>) -> Result<(), Refusal> {
    let is_taken = dates
        .0
        .iter()
        .any(|(id, date)| Some(*id) != own && date.name == name);
    if is_taken {
        return Err(ResultCode::SpecialDateNameExists.into());
    }
    Ok(())
}

/// Returns what a list shows: the special dates, or if `stale`, those before the last change.
pub(super) fn shown(campaign: &Campaign, stale: bool) -> Option<&SpecialDates> {
    match campaign.parts.get::<Before>() {
        Some(Before(before)) if stale => Some(before),
        _ => dates(campaign),
    }
}

fn dates(campaign: &Campaign) -> Option<&SpecialDates> {
    campaign.parts.get()
}

/// Finds a campaign.
pub(super) fn existing(store: &Store, vdn_id: u16, campaign_id: i64) -> Result<&Campaign, Refusal> {
    let campaign = campaign::find(store, vdn_id, campaign_id);
    Ok(campaign.ok_or(ResultCode::CampaignGone)?)
}

fn existing_mut(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
) -> Result<&mut Campaign, Refusal> {
    let campaign = campaign::find_mut(store, vdn_id, campaign_id);
    Ok(campaign.ok_or(ResultCode::CampaignGone)?)
}

/// Returns the special dates of a campaign, by ID.
pub(crate) fn all(store: &Store, vdn_id: u16, campaign_id: i64) -> BTreeMap<i64, SpecialDate> {
    campaign::find(store, vdn_id, campaign_id)
        .and_then(dates)
        .map(|dates| dates.0.clone())
        .unwrap_or_default()
}

/// Adds a special date as a third party would, whatever it is, and returns its ID; `None` if the
/// campaign does not exist.
pub(crate) fn add(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    date: SpecialDate,
) -> Option<i64> {
    campaign::find(store, vdn_id, campaign_id)?;
    let id = store.part_mut::<UsedIds>().next();
    set(store, vdn_id, campaign_id, id, date).then_some(id)
}

/// Sets a special date as a third party would, whatever it is. Returns whether the campaign exists.
pub(crate) fn set(
    store: &mut Store,
    vdn_id: u16,
    campaign_id: i64,
    id: i64,
    date: SpecialDate,
) -> bool {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    store.part_mut::<UsedIds>().skip(id);
    let Some(campaign) = campaign::find_mut(store, vdn_id, campaign_id) else {
        return false;
    };
    let mut dates = campaign.parts.remove::<SpecialDates>().unwrap_or_default();
    dates.0.insert(id, date);
    campaign.parts.insert(dates);
    campaign.parts.remove::<Before>();
    store.save().is_ok()
}

/// Removes a special date as a third party would. Returns whether it existed.
pub(crate) fn remove(store: &mut Store, vdn_id: u16, campaign_id: i64, id: i64) -> bool {
    store.part_mut::<Replay>().forget_vdn(vdn_id);
    let Some(campaign) = campaign::find_mut(store, vdn_id, campaign_id) else {
        return false;
    };
    let mut dates = campaign.parts.remove::<SpecialDates>().unwrap_or_default();
    let removed = dates.0.remove(&id).is_some();
    campaign.parts.insert(dates);
    campaign.parts.remove::<Before>();
    removed && store.save().is_ok()
}

/// Returns every special date with the IDs of its VDN and campaign and its own.
pub(super) fn stored(store: &Store) -> impl Iterator<Item = (u16, i64, i64, &SpecialDate)> {
    store.vdns().flat_map(|(vdn_id, vdn)| {
        vdn.existing_part::<Campaigns>()
            .into_iter()
            .flat_map(|campaigns| &campaigns.0)
            .flat_map(move |(campaign_id, campaign)| {
                dates(campaign)
                    .into_iter()
                    .flat_map(|dates| &dates.0)
                    .map(move |(id, date)| (vdn_id, *campaign_id, *id, date))
            })
    })
}
