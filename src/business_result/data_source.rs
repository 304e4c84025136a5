//! The data source `isales_business_results`.

use isales_client::business_result::{BusinessResult, ChildResult};
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model,
    model::Attr,
    schema::{Attribute, Nesting, Schema},
    timeouts::{self, ReadTimeouts},
};

use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_business_results`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BusinessResultsDataSource;

model! {
    /// The business results of a VDN.
    pub(crate) struct BusinessResultsModel {
        vdn_id: Attr<i64>,
        business_results: Attr<Vec<BusinessResultRow>>,
        timeouts: Attr<ReadTimeouts>,
    }

    /// A business result of the first level.
    pub(crate) struct BusinessResultRow {
        name: Attr<String>,
        code: Attr<String>,
        def_level: Attr<String>,
        children: Attr<Vec<ChildRow>>,
    }

    /// A business result of the second level.
    pub(crate) struct ChildRow {
        name: Attr<String>,
        code: Attr<String>,
        def_level: Attr<String>,
    }
}

impl DataSource for BusinessResultsDataSource {
    type Data = ProviderData;
    type Model = BusinessResultsModel;

    fn type_name(&self) -> &'static str {
        "isales_business_results"
    }

    fn schema(&self) -> Schema {
        let mut parent = members();
        parent.push(
            Attribute::nested(
                "children",
                Nesting::List,
                members(),
                "Business results of the second level (`children`).",
            )
            .computed(),
        );
        Schema::new(
            "Lists all business results of a VDN.",
            vec![
                queried_vdn_id(),
                Attribute::nested(
                    "business_results",
                    Nesting::List,
                    parent,
                    "Business results of the first level, in the server's order.",
                )
                .computed(),
                timeouts::read_attribute(),
            ],
        )
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: BusinessResultsModel,
    ) -> Result<BusinessResultsModel, Diagnostics> {
        let vdn_id = call.data.resolve_vdn_id(model.vdn_id.known())?;
        let pages = call.data.api()?.business_results(vdn_id, context(call));
        let found = pages.all().await.map_err(|error| {
            let attempt = format!("The business results of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })?;
        model.vdn_id = Attr::Known(vdn_id.get().into());
        model.business_results = Attr::Known(found.into_iter().map(Into::into).collect());
        Ok(model)
    }
}

/// Returns the attributes that both levels have.
fn members() -> Vec<Attribute> {
    vec![
        Attribute::string("name", "Name of the business result (`name`).").computed(),
        Attribute::string("code", "Code of the business result (`code`).").computed(),
        Attribute::string(
            "def_level",
            "Level (`defLevel`): `1` for the first level, `2` for its children.",
        )
        .computed(),
    ]
}

impl From<BusinessResult> for BusinessResultRow {
    fn from(result: BusinessResult) -> Self {
        Self {
            name: Attr::Known(result.name),
            code: result.code.into(),
            def_level: result.def_level.into(),
            children: Attr::Known(result.children.into_iter().map(Into::into).collect()),
        }
    }
}

impl From<ChildResult> for ChildRow {
    fn from(result: ChildResult) -> Self {
        Self {
            name: Attr::Known(result.name),
            code: result.code.into(),
            def_level: result.def_level.into(),
        }
    }
}
