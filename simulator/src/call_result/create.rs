//! Creates a call result.

use super::{
    model::NewCallResult,
    parameters::{checked_vdn, obs_codes, result_code},
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, success_around},
    http::Reply,
    json::Node,
};

/// POST (cec_07_4056, cec_07_0798). Codes may repeat \[I\].
pub(super) fn create(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let vdn_id = checked_vdn(call)?;
    let body = call.body()?;
    let fields = Fields::new("body", &body, &["resultCode", "displayResult", "obsCodes"])?;
    let new = NewCallResult {
        result_code: result_code(&fields)?,
        display_result: fields.text("displayResult")?,
        obs_codes: obs_codes(&fields)?,
    };
    let def_id = stored::add(call.store, vdn_id, new)?;
    Ok(success_around(
        [("defId", Node::text(def_id))],
        "createObResult Success!",
    ))
}
