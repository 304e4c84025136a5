//! Deletes a call result.

use super::{
    Behavior,
    parameters::{checked_vdn, not_found},
    stored,
};
use crate::{
    api::{ApiCall, Refusal, ResultCode, success_around},
    http::Reply,
    retry_policy,
    store::Store,
};

/// DELETE (cec_07_4058, cec_07_0800). Whether a call result can be deleted that a retry policy names
/// is not documented: see [`Behavior::refuses_used`].
pub(super) fn delete(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let vdn_id = checked_vdn(call)?;
    let def_id = call.path_text("defId")?;
    let Some(result) = stored::find(call.store, vdn_id, def_id) else {
        return Err(not_found(def_id));
    };
    if call.store.part::<Behavior>().refuses_used
        && let Some(campaign_id) = user(call.store, vdn_id, &result.result_code)
    {
        return Err(Refusal::new(
            ResultCode::ParameterError,
            format!(
                "The external result {} is used by the retry policy of campaign {campaign_id}.",
                result.result_code
            ),
        ));
    }
    stored::remove(call.store, vdn_id, def_id)?;
    Ok(success_around([], "deleteObsResult Success!"))
}

/// Returns a campaign whose retry policy names a code.
fn user(store: &Store, vdn_id: u16, code: &str) -> Option<i64> {
    retry_policy::all(store)
        .into_iter()
        .filter(|((vdn, _), _)| *vdn == vdn_id)
        .find(|(_, policy)| {
            let elements = policy.meaning.as_array().into_iter().flatten();
            elements
                .filter_map(|element| element.get("noRetryPolicy")?.as_array())
                .flatten()
                .any(|named| named == code)
        })
        .map(|((_, campaign_id), _)| campaign_id)
}
