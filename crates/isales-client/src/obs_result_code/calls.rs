//! The calls: list.

use std::sync::Arc;

use super::model::ObsResultCode;
use crate::{
    call_context::CallContext,
    client::Client,
    error::{Operation, ProtocolProblem},
    http::{ApiRequest, JsonObject, Pages, Paging},
    id::{VDN_ID, VdnId},
};

const LIST: &Operation =
    &Operation::read("list", "the OBS result codes").with_parameters(&[VDN_ID]);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST];

/// The list interface has a name of its own for its entries.
const PAGING: Paging = Paging::by_page_num("obsCodes");

// === impl Client ===

impl Client {
    /// Lists the OBS result codes of a VDN, page by page (API reference, `queryOBSResultCode`).
    #[must_use]
    pub fn obs_result_codes(
        &self,
        vdn_id: VdnId,
        context: impl Into<CallContext>,
    ) -> Pages<ObsResultCode> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/queryOBSResultCode");
        let request = ApiRequest::get(LIST, path);
        let client = Arc::clone(&self.inner);
        Pages::new(client, context, request, PAGING, code)
    }
}

fn code(row: &JsonObject<'_>) -> Result<ObsResultCode, ProtocolProblem> {
    Ok(ObsResultCode {
        obs_code: row.text(&["obsCode"])?,
        obs_code_desc: row.optional_text(&["obsCodeDesc"])?,
    })
}
