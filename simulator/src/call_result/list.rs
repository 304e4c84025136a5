//! Definitions of outbound call results: where the codes for `noRetryPolicy` come from.

use super::campaigns::find_vdn;
use super::check_content_type;
use super::parameters::{QueryParameters, missing, page};
use crate::pseudo_json::{Node, Style};
use crate::result_code::{Refusal, ResultCode, envelope};
use crate::store::Store;
use crate::wire::WireRequest;

const MAX_PAGE_SIZE: i64 = 50;

/// GET (cec_07_4059, cec_07_0801). `pageNum` counts from 1 \[I\]; both parameters are required
/// \[I\].
pub(super) fn list(store: &Store, request: &WireRequest, vdn: &str) -> Result<String, Refusal> {
    let vdn = find_vdn(store, vdn)?;
    check_content_type(request)?;
    let query = QueryParameters::of(request, &["pageSize", "pageNum"])?;
    let size = query
        .integer_in("pageSize", 1..=MAX_PAGE_SIZE)?
        .ok_or_else(|| missing("pageSize"))?;
    let number = query
        .integer_in("pageNum", 1..=i64::MAX)?
        .ok_or_else(|| missing("pageNum"))?;

    let rows = page(vdn.call_results.iter().collect(), number, size).map(|result| {
        Node::object([
            ("resultCode", Node::text(&result.result_code)),
            ("displayResult", Node::text(&result.display_result)),
            ("defId", Node::text(&result.def_id)),
        ])
    });
    let mut reply = envelope(ResultCode::Success, "");
    reply.push(("data".to_owned(), Node::List(rows.collect())));
    reply.push((
        "totalCount".to_owned(),
        Node::number(vdn.call_results.len()),
    ));
    Ok(Style::JSON.write(&Node::Object(reply)))
}
