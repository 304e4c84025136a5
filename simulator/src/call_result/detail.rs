//! Shows one call result.

use super::{
    Behavior, MissingCallResult,
    model::CallResult,
    parameters::{checked_vdn, not_found},
    stored,
};
use crate::{
    api::{ApiCall, Refusal, success_around},
    http::Reply,
    json::Node,
};

/// GET (cec_07_4060, cec_07_0802).
pub(super) fn detail(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let vdn_id = checked_vdn(call)?;
    call.query(&[])?;
    let def_id = call.path_text("defId")?;
    let object = match stored::find(call.store, vdn_id, def_id) {
        Some(result) => ob_result(vdn_id, &result),
        None => match call.store.part::<Behavior>().missing {
            MissingCallResult::Refused => return Err(not_found(def_id)),
            MissingCallResult::Null => Node::Null,
        },
    };
    Ok(success_around(
        [("obResult", object)],
        "queryObsResultDetail Success!",
    ))
}

/// Returns `obResult` as in the example, where `vdnId` is a number here and text there.
fn ob_result(vdn_id: u16, result: &CallResult) -> Node {
    let entries = result.obs_codes.iter().enumerate().map(|(index, code)| {
        Node::object([
            ("mapId", Node::text(map_id(&result.def_id, index))),
            ("defId", Node::text(&result.def_id)),
            ("failCode", Node::text(code)),
            ("vdnId", Node::text(vdn_id.to_string())),
        ])
    });
    Node::object([
        ("defId", Node::text(&result.def_id)),
        ("displayResult", Node::text(&result.display_result)),
        ("vdnId", Node::number(vdn_id)),
        ("resultCode", Node::text(&result.result_code)),
        ("resultMapList", Node::List(entries.collect())),
    ])
}

fn map_id(def_id: &str, index: usize) -> String {
    format!("{def_id}{index:03}")
}
