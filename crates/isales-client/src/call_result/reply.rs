//! Reads definitions from replies.

use std::collections::BTreeSet;

use serde_json::Value;

use super::model::{CallResult, CallResultDefinition, DefId};
use crate::{
    error::ProtocolProblem,
    http::{Envelope, JsonObject},
    retry_policy::ResultCode,
};

const RESULT_CODE: &[&str] = &["resultCode"];
const DISPLAY_RESULT: &[&str] = &["displayResult"];
const DEF_ID: &[&str] = &["defId"];

/// Reads a row of the list.
pub(super) fn row(row: &JsonObject<'_>) -> Result<CallResult, ProtocolProblem> {
    Ok(CallResult {
        result_code: ResultCode::new(row.text(RESULT_CODE)?)
            .ok_or_else(|| row.unreadable(RESULT_CODE, "a string"))?,
        display_result: row.optional_text(DISPLAY_RESULT)?.unwrap_or_default(),
        def_id: row.optional_text(DEF_ID)?,
    })
}

/// Reads the ID of a new definition, which is at the top level of the reply.
pub(super) fn new_id(reply: &Envelope) -> Result<DefId, ProtocolProblem> {
    let problem = || ProtocolProblem::Member {
        path: "defId".to_owned(),
        expected: "the ID of the new definition",
    };
    let text = match reply.get("defId") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return Err(problem()),
    };
    text.parse().map_err(|_| problem())
}

/// Reads the detail of a definition.
pub(super) fn detail(
    reply: &Envelope,
    def_id: &DefId,
) -> Result<CallResultDefinition, ProtocolProblem> {
    const FAIL_CODE: &[&str] = &["failCode"];
    let object = reply.get("obResult").unwrap_or(&Value::Null);
    let object = JsonObject::new(object, "obResult")?;
    let shown = object.optional_text(DEF_ID)?;
    if shown.is_some_and(|shown| shown != def_id.as_str()) {
        return Err(object.unreadable(DEF_ID, "the ID that was asked for"));
    }
    let mut obs_codes = BTreeSet::new();
    for (index, entry) in object.list("resultMapList")?.iter().enumerate() {
        let place = format!("obResult.resultMapList[{index}]");
        obs_codes.insert(JsonObject::new(entry, &place)?.text(FAIL_CODE)?);
    }
    Ok(CallResultDefinition {
        result_code: object.optional_text(RESULT_CODE)?.and_then(ResultCode::new),
        display_result: object.optional_text(DISPLAY_RESULT)?.unwrap_or_default(),
        obs_codes,
    })
}
