//! Pauses and resumes a campaign.

use super::{CampaignStatus, Campaigns};
use crate::{
    api::{ApiCall, Refusal, ResultCode, success},
    http::Reply,
};

/// PUT (cec_07_4008, cec_07_0728): the campaign has to be started.
pub(super) fn pause(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    switch(call, |status| match status {
        CampaignStatus::Running => Some(CampaignStatus::Suspended),
        // A campaign that has not begun or has finished shows as started, and is refused \[I\].
        CampaignStatus::Draft
        | CampaignStatus::NotBegun
        | CampaignStatus::Finished
        | CampaignStatus::Suspended
        | CampaignStatus::Expired => None,
    })
}

/// PUT (cec_07_4009, cec_07_0729): the campaign has to be suspended.
pub(super) fn resume(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    switch(call, |status| match status {
        CampaignStatus::Suspended => Some(CampaignStatus::Running),
        CampaignStatus::Draft
        | CampaignStatus::NotBegun
        | CampaignStatus::Running
        | CampaignStatus::Finished
        | CampaignStatus::Expired => None,
    })
}

/// Puts the campaign into the next status; `None` is one that it cannot have.
fn switch(
    call: &mut ApiCall<'_>,
    next: fn(CampaignStatus) -> Option<CampaignStatus>,
) -> Result<Reply, Refusal> {
    call.vdn()?;
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    if !call.request.body.is_empty() {
        let detail = "The request has no body.";
        return Err(Refusal::new(ResultCode::ParameterError, detail));
    }
    let campaign = call
        .store
        .vdn_mut(vdn_id)
        .and_then(|vdn| vdn.part_mut::<Campaigns>().0.get_mut(&campaign_id))
        .ok_or(ResultCode::CampaignGone)?;
    let status = next(campaign.status).ok_or(ResultCode::WrongStatus)?;
    campaign.set_status(status);
    call.store.save()?;
    Ok(Reply::json(200, success()))
}
