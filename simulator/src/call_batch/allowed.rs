//! The states in which a campaign allows changes of its call batches.

use crate::{
    api::{Refusal, ResultCode},
    campaign,
    store::Store,
};

/// Draft, executing, suspended and completed.
pub(super) const ANY_STATE: &[i64] = &[1, 2, 3, 4];

/// Draft, executing and completed, in which batches can be suspended too.
pub(super) const NOT_SUSPENDED: &[i64] = &[1, 2, 4];

/// Refuses a change unless the campaign is in one of these states.
pub(super) fn require_state(
    store: &Store,
    vdn_id: u16,
    campaign_id: i64,
    states: &[i64],
) -> Result<(), Refusal> {
    let campaign = campaign::find(store, vdn_id, campaign_id).ok_or(ResultCode::CampaignGone)?;
    if states.contains(&campaign.status) {
        Ok(())
    } else {
        Err(ResultCode::CallBatchNotAllowed.into())
    }
}
