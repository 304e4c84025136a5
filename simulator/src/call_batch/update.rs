//! Renames a call batch.

use super::{
    allowed::{ANY_STATE, require_state},
    model::check_name,
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, worded_success},
    http::Reply,
};

/// POST (cec_07_0771). The error table is not known; the codes are those of the other interfaces
/// \[I\].
pub(super) fn update(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let fields = Fields::new("The body", &body, &["id", "name"])?;
    let (id, name) = (fields.text("id")?, fields.text("name")?);
    check_name(&name)?;
    require_state(call.store, vdn_id, campaign_id, ANY_STATE)?;
    let batches = stored::of_campaign(call.store, vdn_id, campaign_id)?;
    stored::refuse_used_name(batches, &name, Some(&id))?;
    stored::modify(call.store, vdn_id, campaign_id, &id, |batch| {
        batch.name = name;
        Ok(())
    })?;
    Ok(worded_success([]))
}
