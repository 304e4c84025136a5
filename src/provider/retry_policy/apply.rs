//! Create and update: the one POST, and the query that verifies it.

use super::{
    ConflictRule, RetryPolicyModel, RetryPolicyResource, absence::query_expected, before::Private,
    campaign, shown,
};
use crate::{
    isales::{self, CampaignRef, Client, Query, RetryPolicy, policy::equivalent},
    provider::{
        api_error,
        connection::{Connection, warn_unsupported},
        places,
    },
    tf_provider::{
        call::Call,
        diagnostics::{Diagnostic, Diagnostics},
        model::Attr,
        resource::{ApplyFailure, State},
    },
};

/// Which of the two operations posts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    Create,
    Update,
}

type Applied = Result<State<RetryPolicyResource>, ApplyFailure<RetryPolicyResource>>;

/// Sets the policy of a campaign that Terraform did not manage yet.
pub(super) async fn create(call: &mut Call<'_, Connection>, planned: RetryPolicyModel) -> Applied {
    let client = call.client.client()?;
    let campaign = campaign(call.client, &planned)?;
    let policy = policy(&planned)?;
    let before = match query(call, client, campaign).await? {
        Query::Set(stored) => Some(stored.policy),
        Query::NotSet => None,
        Query::CampaignGone => return Err(campaign_missing(campaign).into()),
        Query::Unsupported => {
            warn_unsupported(call);
            None
        }
    };
    if let Some(before) = before
        .as_ref()
        .filter(|before| !equivalent(before, &policy))
    {
        call.warn(
            "Retry Policy Replaced",
            format!(
                "Campaign {campaign} already had a retry policy ({}). It now has the one of this \
                 configuration.",
                shown(before)
            ),
        );
    }
    let state = State {
        model: planned,
        private: Private::remembering(before.as_ref()),
    };
    set(call, client, campaign, &policy, state, Operation::Create).await
}

/// Sets another policy, unless only Terraform's own arguments differ.
pub(super) async fn update(
    call: &mut Call<'_, Connection>,
    prior: State<RetryPolicyResource>,
    planned: RetryPolicyModel,
) -> Applied {
    let policy = policy(&planned)?;
    let seen = prior.model.policy();
    let mut state: State<RetryPolicyResource> = State {
        model: planned,
        private: prior.private,
    };
    if seen.as_ref().is_ok_and(|seen| equivalent(seen, &policy)) {
        state.model.retry_policy_id = prior.model.retry_policy_id;
        return Ok(state);
    }
    let client = call.client.client()?;
    let campaign = campaign(call.client, &state.model)?;
    match query(call, client, campaign).await? {
        Query::Set(now) => {
            let as_planned = equivalent(&now.policy, &policy)
                || seen
                    .as_ref()
                    .is_ok_and(|seen| equivalent(seen, &now.policy));
            let rule = state.model.on_conflict.as_ref().known().map(String::as_str);
            if !as_planned && ConflictRule::from_name(rule) == ConflictRule::Refuse {
                return Err(conflict(campaign, seen.ok().as_ref(), &now.policy).into());
            }
        }
        Query::CampaignGone => return Err(campaign_missing(campaign).into()),
        Query::NotSet => {}
        Query::Unsupported => warn_unsupported(call),
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
            Operation::Create if error.may_have_been_stored() => {
                ApplyFailure::with_state(diagnostic, state)
            }
            // An update that is in doubt keeps the prior state: the next plan reads the server.
            Operation::Create | Operation::Update => diagnostic.into(),
        });
    }
    let answer = query_expected(client, campaign, call.cancel).await;
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

async fn query(
    call: &Call<'_, Connection>,
    client: &Client,
    campaign: CampaignRef,
) -> Result<Query, Diagnostic> {
    let answer = client.query_retry_policy(campaign, call.cancel).await;
    answer.map_err(|error: isales::Error| {
        let attempt = format!(
            "The retry policy of campaign {campaign} could not be read, and nothing was set"
        );
        api_error::diagnostic(&attempt, &error)
    })
}

/// The planned policy. Values that were unknown when the configuration was validated are judged
/// here for the first time.
fn policy(planned: &RetryPolicyModel) -> Result<RetryPolicy, Diagnostics> {
    use isales::policy::DraftError;
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
    .at(places::argument(isales::Parameter::CampaignId))
}

fn conflict(campaign: CampaignRef, seen: Option<&RetryPolicy>, now: &RetryPolicy) -> Diagnostic {
    Diagnostic::error(
        "Retry Policy Changed Since The Plan",
        format!(
            "The plan saw this policy of campaign {campaign}: {}. The server now has: {}. \
             Nothing was set. Plan again to see the difference, or set on_conflict to \
             \"overwrite\".",
            seen.map_or_else(|| "none that this provider would set".to_owned(), shown),
            shown(now)
        ),
    )
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
    .at(places::argument(isales::Parameter::PolicyJson))
}
