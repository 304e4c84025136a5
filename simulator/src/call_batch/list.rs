//! Lists the call batches of a campaign.

use super::stored;
use crate::{
    api::{ApiCall, Fields, Refusal, page, worded_success, wrong_value},
    http::Reply,
    json::Node,
};

/// GET with a JSON body (cec_07_0775), which is required and signed like any other. `name` matches
/// batches that contain it \[I\]; `limit` has no maximum.
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let (vdn_id, campaign_id) = (call.vdn_id()?, call.path_id("campaignId")?);
    call.check_content_type()?;
    let body = call.body()?;
    let fields = Fields::new("The body", &body, &["status", "name", "offset", "limit"])?;
    let name = fields
        .get("name")
        .map(|_| fields.text("name"))
        .transpose()?;
    let status = fields
        .get("status")
        .map(|_| fields.signed_integer("status"))
        .transpose()?;
    let (offset, limit) = (fields.integer("offset")?, fields.integer("limit")?);
    if limit == 0 {
        return Err(wrong_value("limit", "positive"));
    }
    if offset % limit != 0 {
        return Err(wrong_value("offset", "limit*(page-1)"));
    }

    let batches = stored::of_campaign(call.store, vdn_id, campaign_id)?;
    let matching: Vec<_> = batches
        .iter()
        .filter(|batch| name.as_ref().is_none_or(|name| batch.name.contains(name)))
        .filter(|batch| status.is_none_or(|status| batch.status == status))
        .collect();
    let rows = page(&matching, offset / limit + 1, limit).map(|batch| {
        Node::object([
            ("id", Node::text(&batch.id)),
            ("name", Node::text(&batch.name)),
            ("status", Node::number(batch.status)),
        ])
    });
    let rows = rows.collect();
    Ok(worded_success([
        ("totalCount", Node::number(matching.len())),
        ("data", Node::List(rows)),
    ]))
}
