//! Deletes the special dates of a campaign.

use super::stored::change;
use crate::{
    api::{ApiCall, Refusal, ResultCode, short_success_with, success_with},
    http::Reply,
};

/// DELETE with an ID (cec_07_4021, cec_07_0741). The example has neither `returnCode` nor
/// `returnDesc`.
pub(super) fn delete(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    let id = call.path_id("holidayId")?;
    call.check_content_type()?;
    change(call.store, vdn_id, campaign_id, |dates, _| {
        match dates.0.remove(&id) {
            Some(_) => Ok(()),
            None => Err(ResultCode::NoSuchSpecialDate.into()),
        }
    })?;
    Ok(short_success_with([]))
}

/// DELETE without an ID (cec_07_4022, cec_07_0742).
pub(super) fn delete_all(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    change(call.store, vdn_id, campaign_id, |dates, _| {
        dates.0.clear();
        Ok(())
    })?;
    Ok(success_with([]))
}
