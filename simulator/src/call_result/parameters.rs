//! The parameters of the writes.

use crate::{
    api::{ApiCall, Fields, Refusal, ResultCode, empty, text, wrong_type},
    json::Node,
};

/// `resultCode` is shorter than this.
const MAX_CODE: usize = 8;

/// Reads `resultCode`, which is optional.
pub(super) fn result_code(fields: &Fields<'_>) -> Result<Option<String>, Refusal> {
    let code = fields
        .get("resultCode")
        .map(|code| text("resultCode", code))
        .transpose()?;
    match code {
        Some(code) if code.chars().count() >= MAX_CODE => Err(Refusal::new(
            ResultCode::TooLong,
            "resultCode must have fewer than 8 characters.",
        )),
        code => Ok(code),
    }
}

/// Reads `obsCodes`: at least one \[I\], as the list is required.
pub(super) fn obs_codes(fields: &Fields<'_>) -> Result<Vec<String>, Refusal> {
    match fields.get("obsCodes") {
        None => Err(empty("obsCodes")),
        Some(Node::List(codes)) if codes.is_empty() => Err(empty("obsCodes")),
        Some(Node::List(codes)) => codes.iter().map(|code| text("obsCodes", code)).collect(),
        Some(_) => Err(wrong_type("obsCodes", "a list")),
    }
}

/// The refusal of a `defId` that does not exist. No page lists its code \[I\].
pub(super) fn not_found(def_id: &str) -> Refusal {
    Refusal::new(
        ResultCode::ParameterError,
        format!("The external result {def_id} does not exist."),
    )
}

/// Checks what all interfaces check: the VDN and the content type.
pub(super) fn checked_vdn(call: &ApiCall<'_>) -> Result<u16, Refusal> {
    let vdn_id = call.vdn_id()?;
    call.vdn()?;
    call.check_content_type()?;
    Ok(vdn_id)
}
