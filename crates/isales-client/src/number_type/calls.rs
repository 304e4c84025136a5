//! The calls: list.

use serde_json::Value;

use crate::{
    call_context::CallContext,
    client::Client,
    error::{Error, Operation, ProtocolProblem},
    http::{ApiRequest, Attempts, Envelope, JsonObject, ReplyReader, list},
    id::{VDN_ID, VdnId},
    retry_policy::DataType,
};

const LIST: &Operation = &Operation::read("list", "the number types").with_parameters(&[VDN_ID]);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[LIST];

// === impl Client ===

impl Client {
    /// Lists the number types of a VDN, the values of `dataType` (API reference, `callNoType`).
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn number_types(
        &self,
        vdn_id: VdnId,
        context: impl Into<CallContext>,
    ) -> Result<Vec<DataType>, Error> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/callNoType/query");
        let request = ApiRequest::get(LIST, path);
        let members = Attempts::new(&self.inner, context)
            .make_until_done(&request)
            .await?;
        number_types(&members)
            .map_err(|problem| ReplyReader::new(&self.inner, LIST).problem(problem))
    }
}

/// Reads the names. The reference calls `data` a list without saying of what, so strings and
/// objects are accepted.
fn number_types(members: &Envelope) -> Result<Vec<DataType>, ProtocolProblem> {
    list(members, "data")?
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let place = format!("data[{index}]");
            let name = match entry {
                Value::String(name) => name.clone(),
                other => JsonObject::new(other, &place)?.text(&["callNoType", "name"])?,
            };
            DataType::new(name).ok_or(ProtocolProblem::Member {
                path: place,
                expected: "the name of a number type",
            })
        })
        .collect()
}
