//! Lists the number types of a VDN.

use super::NumberTypes;
use crate::{
    api::{ApiCall, Refusal, success_with},
    http::Reply,
    json::Node,
};

/// GET (cec_07_4035, cec_07_0763). `data` is a list of names \[I\]: the reference says "List".
pub(super) fn list(call: &mut ApiCall<'_>) -> Result<Reply, Refusal> {
    let types = call.vdn()?.part::<NumberTypes>();
    call.check_content_type()?;
    call.query(&[])?;
    let names = types.0.iter().map(Node::text).collect();
    Ok(success_with([("data", Node::List(names))]))
}
