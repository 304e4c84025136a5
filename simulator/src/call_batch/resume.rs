//! Resumes a call batch.

use super::{
    allowed::{ANY_STATE, require_state},
    model::STARTED,
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, ResultCode, worded_success},
    http::Reply,
};

/// POST (cec_07_0774). The error table is not known: that a batch that is started is `03000005` is
/// inferred from `03000006` \[I\].
pub(super) fn resume(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let id = Fields::new("The body", &body, &["id"])?.text("id")?;
    require_state(call.store, vdn_id, campaign_id, ANY_STATE)?;
    stored::modify(call.store, vdn_id, campaign_id, &id, |batch| {
        if batch.status == STARTED {
            return Err(ResultCode::CallBatchStarted.into());
        }
        batch.status = STARTED;
        Ok(())
    })?;
    Ok(worded_success([]))
}
