//! Adds a special date to a campaign.

use super::{
    stored::{change, insert},
    validate::{MEMBERS, special_date},
};
use crate::{
    api::{ApiCall, Fields, Refusal, worded_success},
    http::Reply,
};

/// POST (cec_07_4019, cec_07_0739). No copy of the page shows the reply, so it has no ID: clients
/// have to do without one.
pub(super) fn add(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let date = special_date(&Fields::new("The body", &body, &MEMBERS)?)?;
    change(call.store, vdn_id, campaign_id, |dates, used| {
        insert(dates, used, date)
    })?;
    Ok(worded_success([]))
}
