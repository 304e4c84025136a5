//! Call results of a recorded server.

use super::{CallResult, model::CallResults};
use crate::{
    json::Node,
    like::{RecordedData, RecordedObject},
    store::Store,
};

pub(super) const RECORDED: &[RecordedData] = &[RecordedData {
    path: "v1/openapi/campaigns/{vdnId}/queryOBSResults",
    load,
}];

fn load(store: &mut Store, object: &RecordedObject<'_>) {
    let vdn = store.vdn_or_new(object.vdn_id);
    let mut results = match vdn.existing_part::<CallResults>() {
        // Those of an earlier page.
        Some(results) => results.clone(),
        None => CallResults {
            rows: Vec::new(),
            ..CallResults::default()
        },
    };
    for row in object.rows() {
        let text = |name| match row.member(name) {
            Some(Node::Text(text) | Node::Number(text)) => text.clone(),
            _ => String::new(),
        };
        let result = CallResult {
            def_id: text("defId"),
            result_code: text("resultCode"),
            display_result: text("displayResult"),
            obs_codes: Vec::new(),
        };
        results.last_id = results.last_id.max(result.def_id.parse().unwrap_or(0));
        if results.find(&result.def_id).is_none() {
            results.rows.push(result);
        }
    }
    *vdn.part_mut::<CallResults>() = results;
}
