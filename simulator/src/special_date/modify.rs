//! Modifies a special date of a campaign.

use super::{
    stored::{change, replace},
    validate::{ID, MEMBERS, special_date},
};
use crate::{
    api::{ApiCall, Fields, Refusal, short_success_with},
    http::Reply,
};

/// PUT (cec_07_4020, cec_07_0740). The example has neither `returnCode` nor `returnDesc`.
pub(super) fn modify(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let known: Vec<_> = [ID].into_iter().chain(MEMBERS).collect();
    let fields = Fields::new("The body", &body, &known)?;
    let id = fields.integer(ID)?;
    let date = special_date(&fields)?;
    change(call.store, vdn_id, campaign_id, |dates, _| {
        replace(dates, id, date)
    })?;
    Ok(short_success_with([]))
}
