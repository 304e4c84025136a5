//! The policy that a campaign has before Terraform sets another one.

use isales_client::{
    CampaignRef, Client, Error, RetryPolicy,
    error::ProtocolProblem,
    retry_policy::{PolicyLookup, equivalent},
};
use tfplugin::{call::Call, diagnostics::Diagnostic};

use super::{
    errors::{campaign_not_found, unreadable},
    unsupported,
};
use crate::{call_context::context, provider_data::ProviderData};

/// The policy of a campaign before a POST.
#[derive(Clone, Debug)]
pub(super) enum Earlier {
    /// This policy.
    Policy(RetryPolicy),
    /// No policy.
    None,
    /// The server could not be queried.
    Unknown,
}

// === impl Earlier ===

impl Earlier {
    /// Reads the policy that a create will replace.
    ///
    /// It only serves a warning and `deletion_policy = "restore"`, so a reply that cannot be read is
    /// a warning, not an error: the read after the POST decides.
    ///
    /// # Errors
    /// A campaign that does not exist, or a server that cannot be reached or refuses access.
    pub(super) async fn read(
        call: &mut Call<'_, ProviderData>,
        client: &Client,
        campaign: CampaignRef,
    ) -> Result<Self, Diagnostic> {
        match client.query_retry_policy(campaign, context(call)).await {
            Ok(PolicyLookup::Found(stored)) => Ok(Self::Policy(stored.policy)),
            Ok(PolicyLookup::NotSet) => Ok(Self::None),
            Ok(PolicyLookup::CampaignNotFound(code)) => Err(campaign_not_found(campaign, &code)),
            Ok(PolicyLookup::Unsupported) => {
                unsupported::warn(call, campaign);
                Ok(Self::Unknown)
            }
            Err(error) if is_obstacle(&error) => Err(unreadable(campaign, &error)),
            Err(error) => {
                call.warn(
                    "Earlier Retry Policy Not Read",
                    format!(
                        "The current retry policy of campaign {campaign} could not be read, so no \
                         warning shows the policy that is replaced, and deletion_policy = \
                         \"restore\" will have nothing to restore: {error}"
                    ),
                );
                Ok(Self::Unknown)
            }
        }
    }

    /// Returns the policy, if one is known.
    pub(super) fn policy(&self) -> Option<&RetryPolicy> {
        match self {
            Self::Policy(policy) => Some(policy),
            Self::None | Self::Unknown => None,
        }
    }

    /// Whether a read that returns `now` may still show the state before the POST.
    pub(super) fn may_be(&self, now: Option<&RetryPolicy>) -> bool {
        match (self, now) {
            (Self::Unknown, _) | (Self::None, None) => true,
            (Self::Policy(earlier), Some(now)) => equivalent(earlier, now),
            (Self::Policy(_), None) | (Self::None, Some(_)) => false,
        }
    }
}

/// Whether a query failed in a way that would also affect a POST, or was answered by something other
/// than CC-iSales.
pub(super) fn is_obstacle(error: &Error) -> bool {
    match error.cause() {
        Error::Api(_) => false,
        Error::Protocol(error) => match &error.problem {
            ProtocolProblem::Status { status, .. } => matches!(status, 401 | 403 | 407 | 429),
            ProtocolProblem::Redirect { target } => {
                error.host.split(':').next() != Some(target.as_str())
            }
            // An HTML page: a login form, or a proxy's own error.
            ProtocolProblem::NotJson { excerpt, .. } | ProtocolProblem::NoCode { excerpt } => {
                excerpt.trim_start().starts_with('<')
            }
            ProtocolProblem::ContentType {
                content_type,
                excerpt,
            } => content_type.contains("html") || excerpt.trim_start().starts_with('<'),
            _ => false,
        },
        Error::Unauthorized(_)
        | Error::Transport(_)
        | Error::Cancelled(_)
        | Error::NotRetried { .. }
        | Error::SystemRoots(_) => true,
    }
}
