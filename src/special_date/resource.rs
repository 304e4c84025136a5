//! The resource `isales_special_date`.

use tfplugin::{
    call::Call,
    diagnostics::Diagnostics,
    identity::IdentitySchema,
    model::Attr,
    resource::{Plan, Resource, ResourceWithIdentity, ResourceWithImport, State},
    schema::Schema,
};

use super::{
    create::{self, Applied},
    delete, import,
    model::{SpecialDateIdentity, SpecialDateModel},
    read, rules, schema, update,
};
use crate::provider_data::{ProviderData, warn_of_assumed_vdn};

/// The resource `isales_special_date`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpecialDateResource;

impl Resource for SpecialDateResource {
    type Data = ProviderData;
    type Model = SpecialDateModel;

    fn type_name(&self) -> &'static str {
        "isales_special_date"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn validate(&self, config: &SpecialDateModel) -> Diagnostics {
        rules::check(config)
    }

    fn simplify_config(&self, call: &Call<'_, ProviderData>, config: &mut SpecialDateModel) {
        call.data.leave_out_default_vdn_id(&mut config.vdn_id);
    }

    async fn plan(
        &self,
        call: &mut Call<'_, ProviderData>,
        plan: &mut Plan<'_, SpecialDateModel>,
    ) -> Result<(), Diagnostics> {
        let (config, prior) = (plan.config, plan.prior);
        let planned = &mut plan.planned;
        let prior_vdn_id = prior.map(|prior| prior.model.vdn_id);
        planned.vdn_id = call.data.planned_vdn_id(config.vdn_id, prior_vdn_id)?;
        let Some(prior) = prior else { return Ok(()) };
        if planned.vdn_id != prior.model.vdn_id || planned.campaign_id != prior.model.campaign_id {
            // A replacement, which gets an ID of its own.
            (planned.id, planned.special_date_id) = (Attr::Unknown, Attr::Unknown);
        }
        if *planned != prior.model {
            warn_of_assumed_vdn(call, config.vdn_id, prior.model.vdn_id);
        }
        Ok(())
    }

    async fn create(
        &self,
        call: &mut Call<'_, ProviderData>,
        planned: State<SpecialDateModel>,
    ) -> Applied {
        create::create(call, planned).await
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        state: State<SpecialDateModel>,
    ) -> Result<Option<State<SpecialDateModel>>, Diagnostics> {
        Ok(read::read(call, state).await?)
    }

    async fn update(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: SpecialDateModel,
        planned: State<SpecialDateModel>,
    ) -> Applied {
        update::update(call, prior, planned).await
    }

    async fn delete(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: State<SpecialDateModel>,
    ) -> Result<(), Diagnostics> {
        Ok(delete::delete(call, &prior.model).await?)
    }
}

impl ResourceWithIdentity for SpecialDateResource {
    type Identity = SpecialDateIdentity;

    fn identity_schema(&self) -> IdentitySchema {
        schema::identity_schema()
    }

    fn identity(&self, model: &SpecialDateModel) -> Option<SpecialDateIdentity> {
        match (model.vdn_id, model.campaign_id, model.special_date_id) {
            (Attr::Known(_), Attr::Known(_), Attr::Known(_)) => Some(SpecialDateIdentity {
                vdn_id: model.vdn_id,
                campaign_id: model.campaign_id,
                special_date_id: model.special_date_id,
            }),
            _ => None,
        }
    }

    async fn import_by_identity(
        &self,
        call: &mut Call<'_, ProviderData>,
        identity: SpecialDateIdentity,
    ) -> Result<State<SpecialDateModel>, Diagnostics> {
        let id = identity.reference(call.data)?;
        Ok(import::import(call, id).await?)
    }
}

impl ResourceWithImport for SpecialDateResource {
    async fn import(
        &self,
        call: &mut Call<'_, ProviderData>,
        id: String,
    ) -> Result<State<SpecialDateModel>, Diagnostics> {
        let id = import::reference_of_id(call.data, &id)?;
        Ok(import::import(call, id).await?)
    }
}
