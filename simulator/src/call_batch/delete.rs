//! Deletes a call batch.

use super::{
    allowed::{ANY_STATE, require_state},
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, worded_success},
    http::Reply,
};

/// POST (cec_07_0772). The error table is not known; the codes are those of the other interfaces
/// \[I\].
pub(super) fn delete(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let id = Fields::new("The body", &body, &["id"])?.text("id")?;
    require_state(call.store, vdn_id, campaign_id, ANY_STATE)?;
    stored::delete(call.store, vdn_id, campaign_id, &id)?;
    Ok(worded_success([]))
}
