//! Replaces text and OBS codes of a call result.

use super::{
    parameters::{checked_vdn, not_found, obs_codes},
    stored,
};
use crate::{
    api::{ApiCall, Fields, Refusal, success_around},
    http::Reply,
};

/// POST (cec_07_4057, cec_07_0799). Without `resultCode`, which cannot be changed.
pub(super) fn update(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let vdn_id = checked_vdn(call)?;
    let body = call.body()?;
    let fields = Fields::new("body", &body, &["defId", "displayResult", "obsCodes"])?;
    let def_id = fields.text("defId")?;
    let (display_result, obs_codes) = (fields.text("displayResult")?, obs_codes(&fields)?);
    let changed = stored::change(call.store, vdn_id, &def_id, |result| {
        result.display_result = display_result;
        result.obs_codes = obs_codes;
    });
    if !changed? {
        return Err(not_found(&def_id));
    }
    Ok(success_around([], "updateObResult Success!"))
}
