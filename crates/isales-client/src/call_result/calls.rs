//! The call for the definitions of outbound call results.

use tokio_util::sync::CancellationToken;

use super::CallResult;
use crate::{
    client::Client,
    error::{Operation, ProtocolProblem},
    http::{
        exchange::ApiRequest,
        json_object::JsonObject,
        pages::{Pages, Paging},
    },
    id::VdnId,
    retry_policy::ResultCode,
};

/// The interface takes 1 to 50 entries a page.
const PAGING: Paging = Paging {
    page: "pageNum",
    size: "pageSize",
    max_size: 50,
    total: "totalCount",
};

// === impl Client ===

impl Client {
    /// Lists the definitions of outbound call results of a VDN, page by page (API reference,
    /// `queryOBSResults`).
    #[must_use]
    pub fn call_results(&self, vdn_id: VdnId, cancel: &CancellationToken) -> Pages<CallResult> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/queryOBSResults");
        let request = ApiRequest::get(Operation::ListCallResults, path);
        Pages::new(self.clone(), cancel.clone(), request, PAGING, call_result)
    }
}

fn call_result(row: &JsonObject<'_>) -> Result<CallResult, ProtocolProblem> {
    const CODE: &[&str] = &["resultCode"];
    Ok(CallResult {
        result_code: ResultCode::new(row.text(CODE)?)
            .ok_or_else(|| row.unreadable(CODE, "a string"))?,
        display_result: row.optional_text(&["displayResult"])?.unwrap_or_default(),
        def_id: row.optional_text(&["defId"])?,
    })
}
