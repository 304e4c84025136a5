//! Queries a campaign's retry policy.

use super::{
    reply,
    stored::{Behavior, shown},
};
use crate::{
    api::{ApiCall, Refusal, ResultCode},
    campaign::{self, Campaign},
    http::Reply,
    shape::Query,
};

/// GET (cec_07_4011, cec_07_0731).
pub(super) fn query(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let Behavior { shape, lag, .. } = *call.store.part::<Behavior>();
    let shape = call.directions.shape.unwrap_or(shape);
    match shape.query {
        Query::Served => {}
        Query::NotFound => return Ok(Reply::not_found()),
        Query::MethodNotAllowed => return Ok(Reply::method_not_allowed("POST")),
    }
    let stale = call.directions.stale;
    Ok(match find(call) {
        Ok(campaign) => reply::queried(shape, shown(campaign, lag, stale)),
        Err(refusal) => reply::refused(shape, &refusal),
    })
}

fn find<'a>(call: &'a ApiCall<'_>) -> Result<&'a Campaign, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let campaign = campaign::find(call.store, vdn_id, campaign_id);
    Ok(campaign.ok_or(ResultCode::NoSuchCampaign)?)
}
