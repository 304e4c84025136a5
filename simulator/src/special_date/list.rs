//! Lists the special dates of a campaign.

use super::stored::{existing, shown};
use crate::{
    api::{ApiCall, Refusal, short_success_with},
    http::Reply,
    json::Node,
};

/// GET (cec_07_4018, cec_07_0738). The example has neither `returnCode` nor `returnDesc`.
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    call.query(&[])?;
    let campaign = existing(call.store, vdn_id, campaign_id)?;
    let dates = shown(campaign, call.directions.stale);
    let rows = dates
        .into_iter()
        .flat_map(|dates| &dates.0)
        .map(|(id, date)| date.row(*id));
    Ok(short_success_with([("data", Node::List(rows.collect()))]))
}
