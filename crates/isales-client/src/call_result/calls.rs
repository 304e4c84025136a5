//! The calls: list.

use std::sync::Arc;

use super::model::CallResult;
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Operation, ProtocolProblem},
    http::{ApiRequest, JsonObject, Pages, Paging},
    id::{VDN_ID, VdnId},
    retry_policy::ResultCode,
};

const LIST: &Operation =
    &Operation::read("list", "the definitions of outbound call results").with_parameters(&[VDN_ID]);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST];

/// The list interface returns 1 to 50 entries per page.
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
    pub fn call_results(
        &self,
        vdn_id: VdnId,
        context: impl Into<CallContext>,
    ) -> Pages<CallResult> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/queryOBSResults");
        let request = ApiRequest::get(LIST, path);
        let client = Arc::clone(&self.inner);
        Pages::new(client, context, request, PAGING, call_result)
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
