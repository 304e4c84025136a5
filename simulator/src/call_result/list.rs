//! Lists the call results of a VDN.

use super::CallResults;
use crate::{
    api::{ApiCall, Refusal, empty, page, success_with},
    http::Reply,
    json::Node,
};

const MAX_PAGE_SIZE: i64 = 50;

/// GET (cec_07_4059, cec_07_0801). `pageNum` counts from 1 \[I\]; both parameters are required
/// \[I\].
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let results = call.vdn()?.part::<CallResults>();
    call.check_content_type()?;
    let query = call.query(&["pageSize", "pageNum"])?;
    let size = query
        .integer_in("pageSize", 1..=MAX_PAGE_SIZE)?
        .ok_or_else(|| empty("pageSize"))?;
    let number = query
        .integer_in("pageNum", 1..=i64::MAX)?
        .ok_or_else(|| empty("pageNum"))?;

    let rows = page(&results.0, number, size).map(|result| {
        Node::object([
            ("resultCode", Node::text(&result.result_code)),
            ("displayResult", Node::text(&result.display_result)),
            ("defId", Node::text(&result.def_id)),
        ])
    });
    Ok(success_with([
        ("data", Node::List(rows.collect())),
        ("totalCount", Node::number(results.0.len())),
    ]))
}
