//! Lists the call results of a VDN.

use super::CallResults;
use crate::{
    api::{ApiCall, Refusal, success_around},
    http::Reply,
    json::Node,
};

const MAX_PAGE_SIZE: i64 = 50;

/// GET (cec_07_4059, cec_07_0801). `pageNum` counts from 1 \[I\]; both parameters are required.
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let results = call.vdn()?.part::<CallResults>();
    call.check_content_type()?;
    let rows = call
        .requested_page(&results.rows, MAX_PAGE_SIZE)?
        .map(|result| {
            Node::object([
                ("displayResult", Node::text(&result.display_result)),
                ("resultCode", Node::text(&result.result_code)),
                ("defId", Node::text(&result.def_id)),
            ])
        });
    Ok(success_around(
        [
            ("totalCount", Node::number(results.rows.len())),
            ("data", Node::List(rows.collect())),
        ],
        "queryOBSResults Success!",
    ))
}
