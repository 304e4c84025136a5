//! Number types: the names for `dataType`.

use super::campaigns::find_vdn;
use super::check_content_type;
use super::parameters::QueryParameters;
use crate::pseudo_json::{Node, Style};
use crate::result_code::{Refusal, ResultCode, envelope};
use crate::store::Store;
use crate::wire::WireRequest;

/// GET (cec_07_4035, cec_07_0763). `data` is a list of names \[I\]: the reference says "List".
pub(super) fn list(store: &Store, request: &WireRequest, vdn: &str) -> Result<String, Refusal> {
    let vdn = find_vdn(store, vdn)?;
    check_content_type(request)?;
    QueryParameters::of(request, &[])?;
    let names = vdn.number_types.iter().map(Node::text).collect();
    let mut reply = envelope(ResultCode::Success, "");
    reply.push(("data".to_owned(), Node::List(names)));
    Ok(Style::JSON.write(&Node::Object(reply)))
}
