//! The data source `isales_number_types`.

use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model,
    model::Attr,
    schema::{Attribute, Schema},
    timeouts::{self, ReadTimeouts},
    value::types::Type,
};

use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_number_types`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberTypesDataSource;

model! {
    /// The number types of a VDN.
    pub(crate) struct NumberTypesModel {
        vdn_id: Attr<i64>,
        data_types: Attr<Vec<String>>,
        timeouts: Attr<ReadTimeouts>,
    }
}

impl DataSource for NumberTypesDataSource {
    type Data = ProviderData;
    type Model = NumberTypesModel;

    fn type_name(&self) -> &'static str {
        "isales_number_types"
    }

    fn schema(&self) -> Schema {
        Schema::new(
            "Lists the number types that a VDN defines. Their names are the valid values of \
             `data_type` in `isales_retry_policy`.",
            vec![
                queried_vdn_id(),
                Attribute::new(
                    "data_types",
                    Type::list(Type::String),
                    "Names of the number types, in the server's order.",
                )
                .computed(),
                timeouts::read_attribute(),
            ],
        )
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: NumberTypesModel,
    ) -> Result<NumberTypesModel, Diagnostics> {
        let vdn_id = call.data.resolve_vdn_id(model.vdn_id.known())?;
        let names = call.data.api()?.number_types(vdn_id, context(call)).await;
        let names = names.map_err(|error| {
            let attempt = format!("The number types of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.vdn_id = Attr::Known(vdn_id.get().into());
        model.data_types = Attr::Known(names.iter().map(ToString::to_string).collect());
        Ok(model)
    }
}
