//! Imports an existing definition.

use isales_client::call_result::CallResultRef;
use tfplugin::{call::Call, diagnostics::Diagnostic, resource::State};

use super::{
    model::{CallResultIdentity, CallResultModel, CallResultState},
    query::query,
};
use crate::{api_error, import_id::ImportForm, provider_data::ProviderData};

const FORM: ImportForm<1> = ImportForm {
    names: ["def_id"],
    example: ["1645244637"],
};

/// Checks that the definition exists. Terraform reads it afterwards.
pub(super) async fn import(
    call: &mut Call<'_, ProviderData>,
    id: &CallResultRef,
) -> Result<CallResultState, Diagnostic> {
    let client = call.data.api()?;
    let found = query(call, client, id).await.map_err(|error| {
        let attempt = format!("The call result {id} could not be read");
        api_error::diagnostic(&attempt, &error)
    })?;
    if found.is_none() {
        return Err(Diagnostic::error(
            "Nothing To Import",
            format!(
                "VDN {} has no call result {}. Import by vdn_id/def_id; the data source \
                 isales_call_results shows the IDs.",
                id.vdn_id, id.def_id
            ),
        ));
    }
    Ok(State::new(CallResultModel::unread(id)))
}

/// Parses an import ID: `vdn_id/def_id`, or `def_id` alone if the provider has a VDN.
pub(super) fn reference_of_id(data: &ProviderData, id: &str) -> Result<CallResultRef, Diagnostic> {
    let (vdn_id, [def_id]) = FORM.parse(data, id)?;
    Ok(CallResultRef {
        vdn_id,
        def_id: FORM.part(def_id)?,
    })
}

/// Returns what an identity refers to.
pub(super) fn reference_of_identity(
    data: &ProviderData,
    identity: &CallResultIdentity,
) -> Result<CallResultRef, Diagnostic> {
    let def_id = identity.def_id.as_ref().known();
    let def_id = def_id.map(String::as_str).unwrap_or_default();
    Ok(CallResultRef {
        vdn_id: data.resolve_vdn_id(identity.vdn_id.known())?,
        def_id: FORM.part(def_id)?,
    })
}
