//! Lists the business results of a VDN.

use super::{BusinessResults, model::BusinessResult};
use crate::{
    api::{ApiCall, Refusal, empty, page, success_with},
    http::Reply,
    json::Node,
};

const MAX_PAGE_SIZE: i64 = 50;

/// GET (cec_07_4013, cec_07_0733). A page counts parents \[I\].
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let results = call.vdn()?.part::<BusinessResults>();
    call.check_content_type()?;
    let query = call.query(&["pageSize", "pageNum"])?;
    let size = query
        .integer_in("pageSize", 1..=MAX_PAGE_SIZE)?
        .ok_or_else(|| empty("pageSize"))?;
    let number = query
        .integer_in("pageNum", 1..=i64::MAX)?
        .ok_or_else(|| empty("pageNum"))?;
    let rows = page(&results.0, number, size).map(parent);
    Ok(success_with([
        ("totalCount", Node::number(results.0.len())),
        ("data", Node::List(rows.collect())),
    ]))
}

fn parent(result: &BusinessResult) -> Node {
    let children = result.children.iter().map(|(name, code)| {
        Node::object([
            ("name", Node::text(name)),
            ("code", Node::text(code)),
            ("defLevel", Node::text("2")),
        ])
    });
    Node::object([
        ("name", Node::text(&result.name)),
        ("code", Node::text(&result.code)),
        ("defLevel", Node::text("1")),
        (
            "children",
            match result.children.is_empty() {
                // Values that are absent are null in the examples of other lists.
                true => Node::Null,
                false => Node::List(children.collect()),
            },
        ),
    ])
}
