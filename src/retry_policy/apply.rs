//! Create and update: the one POST, and the query that verifies it.

use isales_client::{
    self, CampaignRef, Client, Query, RetryPolicy,
    policy::{DraftError, equivalent},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    resource::{ApplyFailure, State},
};

use super::{
    RetryPolicyModel, RetryPolicyResource,
    absence::query_expected,
    before::Private,
    campaign,
    conflict::{self, Outlook},
    run::Done,
    shown, unreadable,
};
use crate::{
    api_error,
    connection::{Connection, warn_unsupported},
    places,
};

/// Which of the two operations posts.
enum Operation {
    Create {
        /// Another policy that gives way, and that the user has not seen in a plan.
        gives_way: Option<RetryPolicy>,
    },
    Update,
}

type Applied = Result<State<RetryPolicyResource>, ApplyFailure<RetryPolicyResource>>;

/// Sets the policy of a campaign that Terraform did not manage yet, or managed as another object.
pub(super) async fn create(call: &mut Call<'_, Connection>, planned: RetryPolicyModel) -> Applied {
    let client = call.client.client()?;
    let campaign = campaign(call.client, &planned)?;
    let policy = policy(&planned)?;
    let mut done = call.client.run().turn(campaign).await;
    let found = client.query_retry_policy(campaign, call.cancel).await;
    let before = match found.map_err(|error| unreadable(campaign, &error))? {
        Query::Set(stored) => Some(stored.policy),
        Query::NotSet => None,
        Query::CampaignGone => return Err(campaign_missing(campaign).into()),
        Query::Unsupported => {
            warn_unsupported(call);
            None
        }
    };
    let (private, gives_way) = match done.left_behind() {
        // What the campaign has now is what the object before this one has left.
        Some(inherited) => (inherited, None),
        None => (
            Private::remembering(before.as_ref()),
            before.filter(|before| !equivalent(before, &policy)),
        ),
    };
    let state = State {
        model: planned,
        private: private.of_object(call.client.run().number()),
    };
    let operation = Operation::Create { gives_way };
    let applied = set(call, client, campaign, &policy, state, operation).await;
    let made = match &applied {
        Ok(state) => Some(state),
        Err(failure) => failure.state.as_ref(),
    };
    if let Some(made) = made {
        *done = Done::Created(made.private.clone());
    }
    applied
}

/// Sets another policy, unless only Terraform's own arguments differ.
pub(super) async fn update(
    call: &mut Call<'_, Connection>,
    prior: State<RetryPolicyResource>,
    planned: RetryPolicyModel,
) -> Applied {
    let policy = policy(&planned)?;
    let seen = prior.model.unjudged();
    let mut state: State<RetryPolicyResource> = State {
        model: planned,
        private: prior.private,
    };
    if seen.as_ref().is_some_and(|seen| equivalent(seen, &policy)) {
        state.model.retry_policy_id = prior.model.retry_policy_id;
        return Ok(state);
    }
    let client = call.client.client()?;
    let campaign = campaign(call.client, &state.model)?;
    let outlook = conflict::look(call, client, campaign, &state.model, seen.as_ref(), &policy);
    match outlook.await? {
        // What is there already is set all the same: only then has the server confirmed it.
        Outlook::Clear | Outlook::Done => {}
        Outlook::CampaignGone => return Err(campaign_missing(campaign).into()),
    }
    set(call, client, campaign, &policy, state, Operation::Update).await
}

/// Posts the policy and reads it back.
async fn set(
    call: &mut Call<'_, Connection>,
    client: &Client,
    campaign: CampaignRef,
    policy: &RetryPolicy,
    mut state: State<RetryPolicyResource>,
    operation: Operation,
) -> Applied {
    // The policy may get a new id; only the query tells.
    state.model.retry_policy_id = Attr::Null;
    if let Err(error) = client.set_retry_policy(campaign, policy, call.cancel).await {
        let attempt = format!("The retry policy of campaign {campaign} could not be set");
        let diagnostic = api_error::diagnostic(&attempt, &error);
        return Err(match operation {
            Operation::Create { .. } if error.may_have_been_stored() => {
                ApplyFailure::with_state(diagnostic, state)
            }
            // An update that is in doubt keeps the prior state: the next plan reads the server.
            Operation::Create { .. } | Operation::Update => diagnostic.into(),
        });
    }
    let answer = query_expected(client, campaign, call.cancel).await;
    if let Operation::Create {
        gives_way: Some(gone),
    } = &operation
        && !matches!(&answer, Ok(Query::Set(kept)) if equivalent(&kept.policy, gone))
    {
        call.warn(
            "Retry Policy Replaced",
            format!(
                "Campaign {campaign} already had a retry policy ({}). It has been replaced.",
                shown(gone)
            ),
        );
    }
    match answer {
        Ok(Query::Set(kept)) if equivalent(&kept.policy, policy) => {
            state.model.retry_policy_id = kept.retry_policy_id.into();
            Ok(state)
        }
        Ok(Query::Set(kept)) => {
            let diagnostic = kept_otherwise(campaign, policy, &shown(&kept.policy));
            state.model.retry_policy_id = kept.retry_policy_id.into();
            state.model.set_policy(&kept.policy);
            Err(ApplyFailure::with_state(diagnostic, state))
        }
        Ok(Query::NotSet | Query::CampaignGone) => {
            Err(kept_otherwise(campaign, policy, "no policy at all").into())
        }
        Ok(Query::Unsupported) => {
            warn_unsupported(call);
            Ok(state)
        }
        Err(error) => {
            call.warn(
                "Retry Policy Not Verified",
                format!(
                    "The server has confirmed the retry policy of campaign {campaign}, but it \
                     could not be read back: {error} The next plan reads it again."
                ),
            );
            Ok(state)
        }
    }
}

/// The planned policy. Values that were unknown when the configuration was validated are judged
/// here for the first time.
fn policy(planned: &RetryPolicyModel) -> Result<RetryPolicy, Diagnostics> {
    planned.policy().map_err(|error| match error {
        DraftError::Refused(findings) => findings
            .into_iter()
            .map(|finding| {
                Diagnostic::error(finding.summary, finding.detail)
                    .at(places::attribute_path(&finding.place))
            })
            .collect(),
        DraftError::Unfinished => Diagnostic::defect("The planned policy", error).into(),
    })
}

fn campaign_missing(campaign: CampaignRef) -> Diagnostic {
    Diagnostic::error(
        "Campaign Does Not Exist",
        format!(
            "CC-iSales knows no campaign {campaign} (code 0200-01), so no retry policy was set. \
             Check vdn_id and campaign_id."
        ),
    )
    .at(places::argument(isales_client::Parameter::CampaignId))
}

fn kept_otherwise(campaign: CampaignRef, sent: &RetryPolicy, kept: &str) -> Diagnostic {
    Diagnostic::error(
        "Server Kept Another Retry Policy",
        format!(
            "CC-iSales confirmed the retry policy of campaign {campaign}, but keeps another one. \
             Sent: {}. Kept: {kept}. Change the configuration to what the server accepts; the \
             compatibility settings of the provider may help.",
            shown(sent)
        ),
    )
    .at(places::argument(isales_client::Parameter::PolicyJson))
}
