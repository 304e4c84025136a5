//! Setting and querying a campaign's retry policy.

use super::parameters::{campaign_id, vdn_id};
use super::{Answer, check_content_type, finish, method_not_allowed, not_found};
use crate::policy::{Keeps, Policy};
use crate::query_reply::query_reply;
use crate::reply::Reply;
use crate::result_code::{Refusal, ResultCode, success};
use crate::shape::{Query, Shape};
use crate::store::{Store, Stored};
use crate::wire::WireRequest;

/// POST (cec_07_4010, cec_07_0730).
pub(super) fn set(
    store: &mut Store,
    keeps: Keeps,
    request: &WireRequest,
    vdn: &str,
    campaign: &str,
) -> Answer {
    let result = try_set(store, keeps, request, vdn, campaign);
    let stored = result.as_ref().ok().copied();
    Answer {
        reply: finish(result.map(|_| success())),
        stored,
    }
}

fn try_set(
    store: &mut Store,
    keeps: Keeps,
    request: &WireRequest,
    vdn: &str,
    campaign: &str,
) -> Result<Stored, Refusal> {
    let (vdn, campaign) = (vdn_id(vdn)?, campaign_id(campaign)?);
    check_content_type(request)?;
    let posted = Policy::from_body(&request.body)?;
    store.post_policy(vdn, campaign, posted, keeps)
}

/// GET (cec_07_4011, cec_07_0731).
pub(super) fn query(
    store: &Store,
    shape: Shape,
    request: &WireRequest,
    vdn: &str,
    campaign: &str,
) -> Reply {
    match shape.query {
        Query::Served => finish(try_query(store, shape, request, vdn, campaign)),
        Query::NotFound => not_found(),
        Query::MethodNotAllowed => method_not_allowed("POST"),
    }
}

fn try_query(
    store: &Store,
    shape: Shape,
    request: &WireRequest,
    vdn: &str,
    campaign: &str,
) -> Result<String, Refusal> {
    let (vdn, campaign) = (vdn_id(vdn)?, campaign_id(campaign)?);
    check_content_type(request)?;
    let campaign = store
        .campaign(vdn, campaign)
        .ok_or(ResultCode::NoSuchCampaign)?;
    Ok(query_reply(shape, campaign.policy.as_ref()))
}
