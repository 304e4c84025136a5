//! The call for the number types of a VDN.

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{
    client::Client,
    error::{Error, Operation, ProtocolProblem},
    http::{
        envelope::Envelope,
        exchange::ApiRequest,
        json_object::{self, JsonObject},
        retry::Attempts,
    },
    id::VdnId,
    retry_policy::DataType,
};

// === impl Client ===

impl Client {
    /// Lists the number types of a VDN: what `dataType` takes (API reference, `callNoType`).
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn number_types(
        &self,
        vdn_id: VdnId,
        cancel: &CancellationToken,
    ) -> Result<Vec<DataType>, Error> {
        let path = format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/callNoType/query");
        let request = ApiRequest::get(Operation::ListNumberTypes, path);
        let members = Attempts::new(&self.shared, cancel)
            .make_until_done(&request)
            .await?;
        number_types(&members)
            .map_err(|problem| self.shared.reader(request.operation).problem(problem))
    }
}

/// The reference calls `data` a list and does not say of what: names are taken as strings or in
/// objects.
fn number_types(members: &Envelope) -> Result<Vec<DataType>, ProtocolProblem> {
    json_object::list(members, "data")?
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
