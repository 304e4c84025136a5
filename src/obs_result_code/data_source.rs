//! The data source `isales_obs_result_codes`.

use std::collections::BTreeSet;

use isales_client::obs_result_code::ObsResultCode;
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model,
    model::Attr,
    schema::{Attribute, Nesting, Schema},
    timeouts::{self, ReadTimeouts},
    value::types::Type,
};

use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_obs_result_codes`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ObsResultCodesDataSource;

model! {
    /// All codes of a VDN.
    pub(crate) struct ObsResultCodesModel {
        vdn_id: Attr<i64>,
        obs_result_codes: Attr<Vec<ObsResultCodeRow>>,
        obs_codes: Attr<BTreeSet<String>>,
        timeouts: Attr<ReadTimeouts>,
    }

    /// One code.
    pub(crate) struct ObsResultCodeRow {
        obs_code: Attr<String>,
        obs_code_desc: Attr<String>,
    }
}

impl DataSource for ObsResultCodesDataSource {
    type Data = ProviderData;
    type Model = ObsResultCodesModel;

    fn type_name(&self) -> &'static str {
        "isales_obs_result_codes"
    }

    fn schema(&self) -> Schema {
        let row = vec![
            Attribute::string("obs_code", "OBS code (`obsCode`).").computed(),
            Attribute::string("obs_code_desc", "Description (`obsCodeDesc`).").computed(),
        ];
        Schema::new(
            "Lists all OBS result codes of a VDN: the technical outcomes of a call. They are the valid \
             values of `obs_codes` in `isales_call_result`.",
            vec![
                queried_vdn_id(),
                Attribute::nested(
                    "obs_result_codes",
                    Nesting::List,
                    row,
                    "The codes, in the server's order.",
                )
                .computed(),
                Attribute::new(
                    "obs_codes",
                    Type::set(Type::String),
                    "The codes alone, as `obs_codes` of `isales_call_result` takes them.",
                )
                .computed(),
                timeouts::read_attribute(),
            ],
        )
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: ObsResultCodesModel,
    ) -> Result<ObsResultCodesModel, Diagnostics> {
        let vdn_id = call.data.resolve_vdn_id(model.vdn_id.known())?;
        let pages = call.data.api()?.obs_result_codes(vdn_id, context(call));
        let found = pages.all().await.map_err(|error| {
            let attempt = format!("The OBS result codes of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.vdn_id = Attr::Known(vdn_id.get().into());
        model.obs_codes = Attr::Known(found.iter().map(|code| code.obs_code.clone()).collect());
        model.obs_result_codes =
            Attr::Known(found.into_iter().map(ObsResultCodeRow::from).collect());
        Ok(model)
    }
}

impl From<ObsResultCode> for ObsResultCodeRow {
    fn from(code: ObsResultCode) -> Self {
        Self {
            obs_code: Attr::Known(code.obs_code),
            obs_code_desc: code.obs_code_desc.into(),
        }
    }
}
