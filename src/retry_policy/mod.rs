//! The resource `isales_retry_policy`.

mod absence;
mod apply;
mod before;
mod choices;
mod conflict;
mod data_source;
mod destroy;
mod import;
mod list;
mod model;
mod move_from;
mod plan;
mod read;
mod run;
mod schema;

use self::{
    before::Private,
    choices::{ConflictRule, DeletionPolicy},
};
pub(super) use self::{
    data_source::RetryPolicyDataSource,
    list::RetryPolicyList,
    model::{CampaignIdentity, Element, RetryPolicyModel, draft, elements},
    run::Run,
    schema::policy_json_type,
};
use isales_client::{
    CampaignRef, Error, RetryPolicy,
    policy::{self, Encoding, Severity, encode::encode_policy_json},
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

use super::{api_error, connection::Connection, places};

/// The resource `isales_retry_policy`.
#[derive(Clone, Copy, Debug)]
pub(super) struct RetryPolicyResource;

impl Resource for RetryPolicyResource {
    type Client = Connection;
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
        policy::check(&config.draft())
            .into_iter()
            .map(|finding| {
                let diagnostic = match finding.severity {
                    Severity::Error => Diagnostic::error(finding.summary, finding.detail),
                    Severity::Warning => Diagnostic::warning(finding.summary, finding.detail),
                };
                diagnostic.at(places::attribute_path(&finding.place))
            })
            .collect()
    }

    fn keep_equivalent(&self, prior: &RetryPolicyModel, new: &mut RetryPolicyModel) {
        if let (Some(before), Some(after)) = (prior.unjudged(), new.unjudged())
            && policy::equivalent(&before, &after)
        {
            new.policy_json.clone_from(&prior.policy_json);
        }
    }

    fn plan(
        &self,
        call: &mut Call<'_, Connection>,
        config: &RetryPolicyModel,
        prior: Option<&State<Self>>,
        planned: &mut RetryPolicyModel,
    ) -> Result<(), Diagnostics> {
        plan::complete(call, config, prior, planned)
    }

    fn plan_destroy(
        &self,
        call: &mut Call<'_, Connection>,
        prior: &State<Self>,
    ) -> Result<(), Diagnostics> {
        Ok(destroy::judge(call, prior)?)
    }

    async fn create(
        &self,
        call: &mut Call<'_, Connection>,
        planned: RetryPolicyModel,
    ) -> Result<State<Self>, ApplyFailure<Self>> {
        let deadline = Deadline::of(Operation::Create, &planned.timeouts);
        deadline
            .run(call, async |call| apply::create(call, planned).await)
            .await
    }

    async fn read(
        &self,
        call: &mut Call<'_, Connection>,
        state: State<Self>,
    ) -> Result<Option<State<Self>>, Diagnostics> {
        let deadline = Deadline::of(Operation::Read, &state.model.timeouts);
        deadline
            .run(call, async |call| Ok(read::read(call, state).await?))
            .await
    }

    async fn update(
        &self,
        call: &mut Call<'_, Connection>,
        prior: State<Self>,
        planned: RetryPolicyModel,
    ) -> Result<State<Self>, ApplyFailure<Self>> {
        let deadline = Deadline::of(Operation::Update, &planned.timeouts);
        deadline
            .run(call, async |call| apply::update(call, prior, planned).await)
            .await
    }

    async fn delete(
        &self,
        call: &mut Call<'_, Connection>,
        prior: State<Self>,
    ) -> Result<(), Diagnostics> {
        let deadline = Deadline::of(Operation::Delete, &prior.model.timeouts);
        deadline
            .run(call, async |call| Ok(destroy::destroy(call, prior).await?))
            .await
    }

    async fn import(
        &self,
        call: &mut Call<'_, Connection>,
        target: ImportTarget<CampaignIdentity>,
    ) -> Result<State<Self>, Diagnostics> {
        Ok(import::import(call, target).await?)
    }

    fn move_from(&self, source: MoveSource) -> Result<State<Self>, Diagnostics> {
        Ok(move_from::move_from(&source)?)
    }
}

/// The campaign of a state or a plan.
fn campaign(connection: &Connection, model: &RetryPolicyModel) -> Result<CampaignRef, Diagnostic> {
    connection.campaign(model.vdn_id.known(), model.campaign_id.known())
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
