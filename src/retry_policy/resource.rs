//! The resource `isales_retry_policy`.

use isales_client::retry_policy::{self, Severity};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::Attr,
    resource::{
        ApplyFailure, MoveSource, Plan, Resource, ResourceWithIdentity, ResourceWithImport,
        ResourceWithMove,
    },
    schema::Schema,
};

use super::{
    create, delete, import,
    model::{CampaignIdentity, RetryPolicyModel},
    moved, plan,
    private::Private,
    read, schema,
    state::RetryPolicyState,
    update,
};
use crate::{attribute_paths, provider_data::ProviderData};

/// The resource `isales_retry_policy`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicyResource;

impl Resource<Private> for RetryPolicyResource {
    type Data = ProviderData;
    type Model = RetryPolicyModel;

    fn type_name(&self) -> &'static str {
        "isales_retry_policy"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn validate(&self, config: &RetryPolicyModel) -> Diagnostics {
        retry_policy::check(&config.draft())
            .into_iter()
            .map(|finding| {
                let diagnostic = match finding.severity {
                    Severity::Error => Diagnostic::error(finding.summary, finding.detail),
                    Severity::Warning => Diagnostic::warning(finding.summary, finding.detail),
                };
                diagnostic.at(attribute_paths::attribute_path(&finding.place))
            })
            .collect()
    }

    fn keep_equivalent(&self, prior: &RetryPolicyModel, new: &mut RetryPolicyModel) {
        if let (Some(before), Some(after)) = (prior.without_validation(), new.without_validation())
            && retry_policy::equivalent(&before, &after)
        {
            new.policy_json.clone_from(&prior.policy_json);
        }
    }

    fn simplify_config(&self, call: &Call<'_, ProviderData>, config: &mut RetryPolicyModel) {
        call.data.leave_out_default_vdn_id(&mut config.vdn_id);
    }

    async fn plan(
        &self,
        call: &mut Call<'_, ProviderData>,
        plan: &mut Plan<'_, RetryPolicyModel, Private>,
    ) -> Result<(), Diagnostics> {
        plan::complete(call, plan).await
    }

    fn plan_destroy(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: &RetryPolicyState,
    ) -> Result<(), Diagnostics> {
        Ok(delete::plan_destroy(call, prior)?)
    }

    async fn create(
        &self,
        call: &mut Call<'_, ProviderData>,
        planned: RetryPolicyState,
    ) -> Result<RetryPolicyState, ApplyFailure<RetryPolicyModel, Private>> {
        create::create(call, planned.model).await
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        state: RetryPolicyState,
    ) -> Result<Option<RetryPolicyState>, Diagnostics> {
        Ok(read::read(call, state).await?)
    }

    async fn update(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: RetryPolicyModel,
        planned: RetryPolicyState,
    ) -> Result<RetryPolicyState, ApplyFailure<RetryPolicyModel, Private>> {
        update::update(call, prior, planned).await
    }

    async fn delete(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: RetryPolicyState,
    ) -> Result<(), Diagnostics> {
        Ok(delete::delete(call, prior).await?)
    }
}

impl ResourceWithIdentity<Private> for RetryPolicyResource {
    type Identity = CampaignIdentity;

    fn identity_schema(&self) -> IdentitySchema {
        schema::identity_schema()
    }

    fn identity(&self, model: &RetryPolicyModel) -> Option<CampaignIdentity> {
        match (model.vdn_id, model.campaign_id) {
            (Attr::Known(_), Attr::Known(_)) => Some(CampaignIdentity {
                vdn_id: model.vdn_id,
                campaign_id: model.campaign_id,
            }),
            _ => None,
        }
    }

    async fn import_by_identity(
        &self,
        call: &mut Call<'_, ProviderData>,
        identity: CampaignIdentity,
    ) -> Result<RetryPolicyState, Diagnostics> {
        let (vdn_id, campaign_id) = (identity.vdn_id.known(), identity.campaign_id.known());
        let campaign = call.data.campaign_ref(vdn_id, campaign_id)?;
        Ok(import::import(call, campaign).await?)
    }
}

impl ResourceWithImport<Private> for RetryPolicyResource {
    async fn import(
        &self,
        call: &mut Call<'_, ProviderData>,
        id: String,
    ) -> Result<RetryPolicyState, Diagnostics> {
        let campaign = import::campaign_of_id(call.data, &id)?;
        Ok(import::import(call, campaign).await?)
    }
}

impl ResourceWithMove<Private> for RetryPolicyResource {
    fn move_from(&self, source: MoveSource) -> Result<RetryPolicyState, Diagnostics> {
        Ok(moved::move_from(&source)?)
    }
}
