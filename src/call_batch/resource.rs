//! The resource `isales_call_batch`.

use tfplugin::{
    call::Call,
    diagnostics::Diagnostics,
    identity::IdentitySchema,
    model::Attr,
    resource::{ApplyFailure, Plan, Resource, ResourceWithIdentity, ResourceWithImport, State},
    schema::Schema,
};

use super::{
    create, delete, import,
    model::{CallBatchIdentity, CallBatchModel},
    plan, read, schema, update,
};
use crate::provider_data::ProviderData;

/// The resource `isales_call_batch`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallBatchResource;

impl Resource for CallBatchResource {
    type Data = ProviderData;
    type Model = CallBatchModel;

    fn type_name(&self) -> &'static str {
        "isales_call_batch"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn simplify_config(&self, call: &Call<'_, ProviderData>, config: &mut CallBatchModel) {
        call.data.leave_out_default_vdn_id(&mut config.vdn_id);
    }

    async fn plan(
        &self,
        call: &mut Call<'_, ProviderData>,
        plan: &mut Plan<'_, CallBatchModel>,
    ) -> Result<(), Diagnostics> {
        Ok(plan::complete(call, plan)?)
    }

    async fn create(
        &self,
        call: &mut Call<'_, ProviderData>,
        planned: State<CallBatchModel>,
    ) -> Result<State<CallBatchModel>, ApplyFailure<CallBatchModel>> {
        create::create(call, planned.model).await
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        state: State<CallBatchModel>,
    ) -> Result<Option<State<CallBatchModel>>, Diagnostics> {
        Ok(read::read(call, state).await?)
    }

    async fn update(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: CallBatchModel,
        planned: State<CallBatchModel>,
    ) -> Result<State<CallBatchModel>, ApplyFailure<CallBatchModel>> {
        update::update(call, prior, planned).await
    }

    async fn delete(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: State<CallBatchModel>,
    ) -> Result<(), Diagnostics> {
        Ok(delete::delete(call, &prior.model).await?)
    }
}

impl ResourceWithIdentity for CallBatchResource {
    type Identity = CallBatchIdentity;

    fn identity_schema(&self) -> IdentitySchema {
        schema::identity_schema()
    }

    fn identity(&self, model: &CallBatchModel) -> Option<CallBatchIdentity> {
        let identity = CallBatchIdentity {
            vdn_id: model.vdn_id,
            campaign_id: model.campaign_id,
            call_batch_id: model.call_batch_id.clone(),
        };
        matches!(
            identity,
            CallBatchIdentity {
                vdn_id: Attr::Known(_),
                campaign_id: Attr::Known(_),
                call_batch_id: Attr::Known(_),
            }
        )
        .then_some(identity)
    }

    async fn import_by_identity(
        &self,
        call: &mut Call<'_, ProviderData>,
        identity: CallBatchIdentity,
    ) -> Result<State<CallBatchModel>, Diagnostics> {
        let batch = import::batch_of_identity(call.data, &identity)?;
        Ok(import::import(call, &batch).await?)
    }
}

impl ResourceWithImport for CallBatchResource {
    async fn import(
        &self,
        call: &mut Call<'_, ProviderData>,
        id: String,
    ) -> Result<State<CallBatchModel>, Diagnostics> {
        let batch = import::batch_of_id(call.data, &id)?;
        Ok(import::import(call, &batch).await?)
    }
}
