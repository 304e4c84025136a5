//! The resource `isales_call_result`.

use tfplugin::{
    call::Call,
    diagnostics::Diagnostics,
    identity::IdentitySchema,
    model::Attr,
    resource::{ApplyFailure, Plan, Resource, ResourceWithIdentity, ResourceWithImport},
    schema::Schema,
};

use super::{
    create, delete, import,
    model::{CallResultIdentity, CallResultModel, CallResultState},
    read, schema, update,
};
use crate::provider_data::{ProviderData, warn_of_assumed_vdn};

/// The resource `isales_call_result`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallResultResource;

impl Resource for CallResultResource {
    type Data = ProviderData;
    type Model = CallResultModel;

    fn type_name(&self) -> &'static str {
        "isales_call_result"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn simplify_config(&self, call: &Call<'_, ProviderData>, config: &mut CallResultModel) {
        call.data.leave_out_default_vdn_id(&mut config.vdn_id);
    }

    async fn plan(
        &self,
        call: &mut Call<'_, ProviderData>,
        plan: &mut Plan<'_, CallResultModel>,
    ) -> Result<(), Diagnostics> {
        let (config, prior) = (plan.config, plan.prior);
        let planned = &mut plan.planned;
        let prior_vdn_id = prior.map(|prior| prior.model.vdn_id);
        planned.vdn_id = call.data.planned_vdn_id(config.vdn_id, prior_vdn_id)?;
        let Some(prior) = prior else { return Ok(()) };
        if planned.vdn_id != prior.model.vdn_id {
            // A new definition, in another VDN.
            planned.id = Attr::Unknown;
            planned.def_id = Attr::Unknown;
        } else if config.result_code.is_null() {
            // A code that could not be read is left to the next refresh.
            planned.result_code.clone_from(&prior.model.result_code);
        }
        if *planned != prior.model {
            warn_of_assumed_vdn(call, config.vdn_id, prior.model.vdn_id);
        }
        Ok(())
    }

    async fn create(
        &self,
        call: &mut Call<'_, ProviderData>,
        planned: CallResultState,
    ) -> create::Applied {
        create::create(call, planned.model).await
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        state: CallResultState,
    ) -> Result<Option<CallResultState>, Diagnostics> {
        Ok(read::read(call, state).await?)
    }

    async fn update(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: CallResultModel,
        planned: CallResultState,
    ) -> Result<CallResultState, ApplyFailure<CallResultModel>> {
        update::update(call, &prior, planned).await
    }

    async fn delete(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: CallResultState,
    ) -> Result<(), Diagnostics> {
        Ok(delete::delete(call, &prior.model).await?)
    }
}

impl ResourceWithIdentity for CallResultResource {
    type Identity = CallResultIdentity;

    fn identity_schema(&self) -> IdentitySchema {
        schema::identity_schema()
    }

    fn identity(&self, model: &CallResultModel) -> Option<CallResultIdentity> {
        match (&model.vdn_id, &model.def_id) {
            (Attr::Known(_), Attr::Known(_)) => Some(CallResultIdentity {
                vdn_id: model.vdn_id,
                def_id: model.def_id.clone(),
            }),
            _ => None,
        }
    }

    async fn import_by_identity(
        &self,
        call: &mut Call<'_, ProviderData>,
        identity: CallResultIdentity,
    ) -> Result<CallResultState, Diagnostics> {
        let id = import::reference_of_identity(call.data, &identity)?;
        Ok(import::import(call, &id).await?)
    }
}

impl ResourceWithImport for CallResultResource {
    async fn import(
        &self,
        call: &mut Call<'_, ProviderData>,
        id: String,
    ) -> Result<CallResultState, Diagnostics> {
        let id = import::reference_of_id(call.data, &id)?;
        Ok(import::import(call, &id).await?)
    }
}
