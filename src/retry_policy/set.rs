//! The one POST, and the query that verifies it.

use isales_client::{
    self, CampaignRef, Client, RetryPolicy,
    retry_policy::{DraftError, PolicyLookup, equivalent},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    resource::ApplyFailure,
};

use super::{
    RetryPolicyModel, RetryPolicyState, private::Private, read::query_expected, shown,
    unsupported::warn_unsupported,
};
use crate::{api_error, attribute_paths, provider_data::ProviderData};

/// Which of the two operations posts.
pub(super) enum Operation {
    Create {
        /// Another policy that gives way, and that the user has not seen in a plan.
        gives_way: Option<RetryPolicy>,
    },
    Update,
}

pub(super) type Applied = Result<RetryPolicyState, ApplyFailure<RetryPolicyModel, Private>>;

/// Posts the policy and reads it back.
pub(super) async fn set(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    policy: &RetryPolicy,
    mut state: RetryPolicyState,
    operation: Operation,
) -> Applied {
    // The policy may get a new id; only the query tells.
    state.model.retry_policy_id = Attr::Null;
    if let Err(error) = client.set_retry_policy(campaign, policy, call.cancel).await {
        let attempt = format!("The retry policy of campaign {campaign} could not be set");
        let diagnostic = api_error::diagnostic(&attempt, &error);
        return Err(match operation {
            Operation::Create { .. } if error.may_have_taken_effect() => {
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
        && !matches!(&answer, Ok(PolicyLookup::Found(kept)) if equivalent(&kept.policy, gone))
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
        Ok(PolicyLookup::Found(kept)) if equivalent(&kept.policy, policy) => {
            state.model.retry_policy_id = kept.retry_policy_id.into();
            Ok(state)
        }
        Ok(PolicyLookup::Found(kept)) => {
            let diagnostic = kept_otherwise(campaign, policy, &shown(&kept.policy));
            state.model.retry_policy_id = kept.retry_policy_id.into();
            state.model.set_policy(&kept.policy);
            Err(ApplyFailure::with_state(diagnostic, state))
        }
        Ok(PolicyLookup::NotSet | PolicyLookup::CampaignNotFound) => {
            Err(kept_otherwise(campaign, policy, "no policy at all").into())
        }
        Ok(PolicyLookup::Unsupported) => {
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
pub(super) fn policy(planned: &RetryPolicyModel) -> Result<RetryPolicy, Diagnostics> {
    planned.policy().map_err(|error| match error {
        DraftError::Refused(findings) => findings
            .into_iter()
            .map(|finding| {
                Diagnostic::error(finding.summary, finding.detail)
                    .at(attribute_paths::attribute_path(&finding.place))
            })
            .collect(),
        DraftError::Unfinished => Diagnostic::bug("The planned policy", error).into(),
    })
}

pub(super) fn campaign_missing(campaign: CampaignRef) -> Diagnostic {
    Diagnostic::error(
        "Campaign Not Found",
        format!(
            "CC-iSales knows no campaign {campaign} (code 0200-01), so no retry policy was set. \
             Check vdn_id and campaign_id."
        ),
    )
    .at(attribute_paths::argument(
        isales_client::retry_policy::Parameter::CampaignId,
    ))
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
    .at(attribute_paths::argument(
        isales_client::retry_policy::Parameter::PolicyJson,
    ))
}
