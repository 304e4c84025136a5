//! The resource `isales_retry_policy`.

mod conflict;
mod create;
mod data_source;
mod delete;
mod deletion_policy;
mod import;
mod list;
mod model;
mod moved;
mod on_conflict;
mod plan;
mod private;
mod read;
mod run_history;
mod schema;
mod set;
mod update;

pub(super) use self::{
    data_source::RetryPolicyDataSource,
    list::RetryPolicyList,
    model::{CampaignIdentity, Element, RetryPolicyModel, draft, elements},
    run_history::RunHistory,
    schema::policy_json_type,
};
use self::{deletion_policy::DeletionPolicy, on_conflict::OnConflict, private::Private};
use isales_client::{
    CampaignRef, Error, RetryPolicy,
    retry_policy::{self, Encoding, Severity, encode::encode_policy_json},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::Attr,
    resource::{ApplyFailure, ImportTarget, MoveSource, Resource, State},
    schema::Schema,
    timeouts::{Deadline, Operation},
};

use crate::{api_error, attribute_paths, provider_data::ProviderData};

/// The resource `isales_retry_policy`.
#[derive(Clone, Copy, Debug)]
pub(super) struct RetryPolicyResource;

impl Resource for RetryPolicyResource {
    type Data = ProviderData;
    type Model = RetryPolicyModel;
    type Private = Private;
    type Identity = CampaignIdentity;

    fn type_name(&self) -> &'static str {
        "isales_retry_policy"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

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

    fn plan(
        &self,
        call: &mut Call<'_, ProviderData>,
        config: &RetryPolicyModel,
        prior: Option<&State<Self>>,
        planned: &mut RetryPolicyModel,
    ) -> Result<(), Diagnostics> {
        plan::complete(call, config, prior, planned)
    }

    fn plan_destroy(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: &State<Self>,
    ) -> Result<(), Diagnostics> {
        Ok(delete::plan_destroy(call, prior)?)
    }

    async fn create(
        &self,
        call: &mut Call<'_, ProviderData>,
        planned: RetryPolicyModel,
    ) -> Result<State<Self>, ApplyFailure<Self>> {
        let deadline = Deadline::of(Operation::Create, &planned.timeouts);
        deadline
            .run(call, async |call| create::create(call, planned).await)
            .await
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        state: State<Self>,
    ) -> Result<Option<State<Self>>, Diagnostics> {
        let deadline = Deadline::of(Operation::Read, &state.model.timeouts);
        deadline
            .run(call, async |call| Ok(read::read(call, state).await?))
            .await
    }

    async fn update(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: State<Self>,
        planned: RetryPolicyModel,
    ) -> Result<State<Self>, ApplyFailure<Self>> {
        let deadline = Deadline::of(Operation::Update, &planned.timeouts);
        deadline
            .run(call, async |call| {
                update::update(call, prior, planned).await
            })
            .await
    }

    async fn delete(
        &self,
        call: &mut Call<'_, ProviderData>,
        prior: State<Self>,
    ) -> Result<(), Diagnostics> {
        let deadline = Deadline::of(Operation::Delete, &prior.model.timeouts);
        deadline
            .run(call, async |call| Ok(delete::delete(call, prior).await?))
            .await
    }

    async fn import(
        &self,
        call: &mut Call<'_, ProviderData>,
        target: ImportTarget<CampaignIdentity>,
    ) -> Result<State<Self>, Diagnostics> {
        Ok(import::import(call, target).await?)
    }

    fn move_from(&self, source: MoveSource) -> Result<State<Self>, Diagnostics> {
        Ok(moved::move_from(&source)?)
    }
}

/// The campaign of a state or a plan.
fn campaign(data: &ProviderData, model: &RetryPolicyModel) -> Result<CampaignRef, Diagnostic> {
    data.campaign_ref(model.vdn_id.known(), model.campaign_id.known())
}

/// A policy as an error shows it, in the API's own form.
fn shown(policy: &RetryPolicy) -> String {
    format!(
        "policyType {}, policyJson {}",
        policy.policy_type.number(),
        encode_policy_json(policy, Encoding::default())
    )
}

/// The same where there may be none.
fn shown_or_none(policy: Option<&RetryPolicy>) -> String {
    policy.map_or_else(|| "no policy at all".to_owned(), shown)
}

/// The error for a policy that has to be known before another one is set.
fn unreadable(campaign: CampaignRef, error: &Error) -> Diagnostic {
    let attempt =
        format!("The retry policy of campaign {campaign} could not be read, and nothing was set");
    api_error::diagnostic(&attempt, error)
}
