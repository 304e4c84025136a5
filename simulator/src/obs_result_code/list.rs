//! Lists the OBS result codes of a VDN.

use super::ObsResultCodes;
use crate::{
    api::{ApiCall, Refusal, success_around},
    http::Reply,
    json::Node,
};

const MAX_PAGE_SIZE: i64 = 50;

/// GET (cec_07_4055).
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let codes = call.vdn()?.part::<ObsResultCodes>();
    call.check_content_type()?;
    let rows = call
        .requested_page(&codes.0, MAX_PAGE_SIZE)?
        .map(|(code, text)| {
            Node::object([
                ("obsCode", Node::text(code)),
                ("obsCodeDesc", Node::text(text)),
            ])
        });
    Ok(success_around(
        [
            ("totalCount", Node::number(codes.0.len())),
            ("obsCodes", Node::List(rows.collect())),
        ],
        "query data success",
    ))
}
