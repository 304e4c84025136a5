//! Queries one campaign.

use super::Campaigns;
use crate::{
    api::{ApiCall, Refusal, ResultCode, success_with},
    http::Reply,
    json::Node,
};

/// GET (cec_07_4006, cec_07_0726).
pub(super) fn detail(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let campaigns = call.vdn()?.part::<Campaigns>();
    let campaign_id = call.path_id("campaignId")?;
    call.check_content_type()?;
    let campaign = campaigns
        .0
        .get(&campaign_id)
        .ok_or(ResultCode::CampaignGone)?;
    Ok(success_with([(
        "returnObject",
        Node::Object(campaign.members()),
    )]))
}
