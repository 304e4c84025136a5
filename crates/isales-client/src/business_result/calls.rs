//! The calls: list.

use std::sync::Arc;

use super::model::{BusinessResult, ChildResult};
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Operation, ProtocolProblem},
    http::{ApiRequest, JsonObject, Pages, Paging},
    id::{VDN_ID, VdnId},
};

const LIST: &Operation =
    &Operation::read("list", "the business results").with_parameters(&[VDN_ID]);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST];

/// The paging of the list interface.
const PAGING: Paging = Paging::by_page_num("data");

// === impl Client ===

impl Client {
    /// Lists the business results of a VDN, page by page (API reference, `queryBusinessResults`).
    #[must_use]
    pub fn business_results(
        &self,
        vdn_id: VdnId,
        context: impl Into<CallContext>,
    ) -> Pages<BusinessResult> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/queryBusinessResults");
        let request = ApiRequest::get(LIST, path);
        let client = Arc::clone(&self.inner);
        Pages::new(client, context, request, PAGING, business_result)
    }
}

fn business_result(row: &JsonObject<'_>) -> Result<BusinessResult, ProtocolProblem> {
    let ChildResult {
        name,
        code,
        def_level,
    } = result(row)?;
    Ok(BusinessResult {
        name,
        code,
        def_level,
        children: row.objects("children", result)?,
    })
}

/// Reads the members that both levels have.
fn result(row: &JsonObject<'_>) -> Result<ChildResult, ProtocolProblem> {
    Ok(ChildResult {
        name: row.text(&["name"])?,
        code: row.optional_text(&["code"])?,
        def_level: row.optional_text(&["defLevel"])?,
    })
}
