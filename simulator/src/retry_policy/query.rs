//! Queries a campaign's retry policy.

use super::{
    query_reply::query_reply,
    shape::Query,
    stored::{Behavior, shown},
};
use crate::{
    api::{ApiCall, Refusal, ResultCode},
    campaign,
    http::Reply,
};

/// GET (cec_07_4011, cec_07_0731).
pub(super) fn query(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let Behavior { shape, lag, .. } = *call.store.part::<Behavior>();
    match shape.query {
        Query::Served => {}
        Query::NotFound => return Ok(Reply::not_found()),
        Query::MethodNotAllowed => return Ok(Reply::method_not_allowed("POST")),
    }
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let campaign =
        campaign::find(call.store, vdn_id, campaign_id).ok_or(ResultCode::NoSuchCampaign)?;
    Ok(Reply::json(200, query_reply(shape, shown(campaign, lag))))
}
