//! The states in which a campaign allows changes of its call batches.

use crate::{
    api::{Refusal, ResultCode},
    campaign::{self, CampaignStatus},
    store::Store,
};

/// Draft, executing, suspended and completed.
pub(super) const ANY_STATE: &[CampaignStatus] = &[
    CampaignStatus::Draft,
    CampaignStatus::NotBegun,
    CampaignStatus::Running,
    CampaignStatus::Finished,
    CampaignStatus::Suspended,
];

/// Draft, executing and completed, in which batches can be suspended too.
pub(super) const NOT_SUSPENDED: &[CampaignStatus] = &[
    CampaignStatus::Draft,
    CampaignStatus::NotBegun,
    CampaignStatus::Running,
    CampaignStatus::Finished,
];

/// Refuses a change unless the campaign is in one of these states.
pub(super) fn require_state(
    store: &Store,
    vdn_id: u16,
    campaign_id: i64,
    states: &[CampaignStatus],
) -> Result<(), Refusal> {
    let campaign = campaign::find(store, vdn_id, campaign_id).ok_or(ResultCode::CampaignGone)?;
    if states.contains(&campaign.status) {
        Ok(())
    } else {
        Err(ResultCode::CallBatchNotAllowed.into())
    }
}
