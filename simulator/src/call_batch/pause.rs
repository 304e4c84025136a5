//! Suspends a call batch.

use super::{
    allowed::{NOT_SUSPENDED, require_state},
    model::SUSPENDED,
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, ResultCode, worded_success},
    http::Reply,
};

/// POST (cec_07_0773).
pub(super) fn pause(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let id = Fields::new("The body", &body, &["id"])?.text("id")?;
    require_state(call.store, vdn_id, campaign_id, NOT_SUSPENDED)?;
    stored::modify(call.store, vdn_id, campaign_id, &id, |batch| {
        if batch.status == SUSPENDED {
            return Err(ResultCode::CallBatchSuspended.into());
        }
        batch.status = SUSPENDED;
        Ok(())
    })?;
    Ok(worded_success([]))
}
