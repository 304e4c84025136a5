//! Sets a policy for a create or an update, and records the outcome in the state.

use isales_client::{
    CampaignRef, Client, RetryPolicy,
    retry_policy::{DraftError, equivalent, spelled_as},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::Attr,
    resource::ApplyFailure,
};

use super::{
    display::shown,
    earlier::Earlier,
    model::RetryPolicyModel,
    order, owners,
    private::Private,
    state::RetryPolicyState,
    unsupported,
    verify::{Verified, set_and_verify},
};
use crate::{api_error, attribute_paths, doctor, provider_data::ProviderData};

/// The operation that sets the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Create {
        /// Whether to warn if a different policy was replaced, because the user does not know of it.
        warn_of_replacement: bool,
    },
    Update,
}

pub(super) type Applied = Result<RetryPolicyState, ApplyFailure<RetryPolicyModel, Private>>;

/// The degree of certainty that the server has the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// It was read back.
    Verified,
    /// The server has confirmed it, but it could not be read back.
    Confirmed,
}

/// Posts the policy and reads it back.
///
/// # Errors
/// The POST failed, or the server kept a different policy. The error carries the state if the server
/// may have the policy that was set.
pub(super) async fn set(
    call: &mut Call<'_, ProviderData>,
    client: &Client,
    campaign: CampaignRef,
    policy: &RetryPolicy,
    earlier: &Earlier,
    mut state: RetryPolicyState,
    operation: Operation,
) -> Result<(RetryPolicyState, Certainty), ApplyFailure<RetryPolicyModel, Private>> {
    owners::release(call, campaign);
    // The policy may get a new ID, which only the query shows.
    state.model.retry_policy_id = Attr::Null;
    // Terraform composes accents (NFC); the server may store a name in a different Unicode form.
    let sent = earlier
        .policy()
        .map_or_else(|| policy.clone(), |earlier| spelled_as(policy, earlier));
    let verified = match set_and_verify(call, client, campaign, &sent, earlier).await {
        Ok(verified) => verified,
        Err(error) => {
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
    };
    if let (
        Operation::Create {
            warn_of_replacement: true,
        },
        Some(replaced),
    ) = (operation, earlier.policy())
        && !equivalent(replaced, policy)
        && !matches!(verified, Verified::NotShownYet { .. })
    {
        call.warn(
            "Retry Policy Replaced",
            format!(
                "Campaign {campaign} already had a retry policy ({}). It has been replaced.",
                shown(replaced)
            ),
        );
    }
    match verified {
        Verified::Kept(kept) => {
            state.model.retry_policy_id = kept.retry_policy_id.into();
            Ok((state, Certainty::Verified))
        }
        Verified::NotShownYet { waited } => {
            call.warn(
                "Retry Policy Not Shown Yet",
                format!(
                    "The server has confirmed the retry policy of campaign {campaign}, but {} \
                     seconds later it still showed {}. The state contains the confirmed policy; \
                     the next plan reads the server again.",
                    waited.as_secs(),
                    earlier.policy().map_or_else(
                        || "no policy".to_owned(),
                        |earlier| format!("the one from before: {}", shown(earlier))
                    ),
                ),
            );
            Ok((state, Certainty::Confirmed))
        }
        Verified::Other(Some(kept)) => {
            let diagnostic = kept_other(campaign, policy, &shown(&kept.policy));
            state.model.retry_policy_id = kept.retry_policy_id.into();
            order::set_policy(&mut state.model, &kept.policy);
            Err(ApplyFailure::with_state(diagnostic, state))
        }
        Verified::Other(None) | Verified::CampaignNotFound => {
            Err(kept_other(campaign, policy, "no policy at all").into())
        }
        Verified::Unsupported => {
            unsupported::warn(call, campaign);
            Ok((state, Certainty::Confirmed))
        }
        Verified::Unread(error) => {
            call.warn(
                "Retry Policy Not Verified",
                format!(
                    "The server has confirmed the retry policy of campaign {campaign}, but it \
                     could not be read back: {}",
                    api_error::not_read_back(&error)
                ),
            );
            Ok((state, Certainty::Confirmed))
        }
    }
}

/// Returns the planned policy. Values that were unknown when the configuration was validated are
/// checked here for the first time.
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

fn kept_other(campaign: CampaignRef, sent: &RetryPolicy, kept: &str) -> Diagnostic {
    Diagnostic::error(
        "Server Kept Another Retry Policy",
        format!(
            "CC-iSales confirmed the retry policy of campaign {campaign}, but kept a different one. \
             Sent: {}. Kept: {kept}. Configure the policy that the server keeps, or try the \
             compatibility settings of the provider.{}",
            shown(sent),
            doctor::advice_to_write(campaign)
        ),
    )
    .at(attribute_paths::argument(
        isales_client::retry_policy::Parameter::PolicyJson,
    ))
}
