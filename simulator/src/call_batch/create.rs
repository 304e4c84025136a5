//! Creates a call batch.

use super::{
    allowed::{ANY_STATE, require_state},
    model::{STARTED, SUSPENDED, check_name},
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, worded_success, wrong_value},
    http::Reply,
    json::Node,
};

/// POST (cec_07_0770). A batch without `status` is suspended.
pub(super) fn create(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let fields = Fields::new("The body", &body, &["name", "status"])?;
    let name = fields.text("name")?;
    check_name(&name)?;
    let status = match fields.get("status") {
        None => SUSPENDED,
        Some(_) => match fields.signed_integer("status")? {
            status @ (STARTED | SUSPENDED) => status,
            _ => return Err(wrong_value("status", "1 or 2")),
        },
    };
    require_state(call.store, vdn_id, campaign_id, ANY_STATE)?;
    let id = stored::create(call.store, vdn_id, campaign_id, name, status)?;
    call.counters.call_batches_created += 1;
    Ok(worded_success([(
        "returnObject",
        Node::object([("id", Node::text(id))]),
    )]))
}
