//! The calls: query (GET) and set (POST), on the same URI.

use std::time::Duration;

use http::Method;

use super::{
    codes,
    decode::{self, StoredPolicy},
    encode,
    equality::equivalent,
    model::RetryPolicy,
    parameter::Parameter,
};
use crate::{
    call_context::CallContext,
    campaign,
    client::Client,
    config::Encoding,
    error::{Error, ErrorCode, Operation, ProtocolProblem, code},
    http::{
        ApiRequest, Attempts, ClientInner, Envelope, ReadEffect, ReplyReader, WriteState,
        write_and_settle,
    },
    id::CampaignRef,
};

pub(super) const QUERY: &Operation = &Operation::read("query", "the retry policy")
    .with_codes(&[
        codes::QUERY,
        code::COMMON,
        codes::UNLISTED,
        campaign::codes::STATE,
    ])
    .with_parameters(&Parameter::NAMES);
pub(super) const SET: &Operation = &Operation::write("set", "the retry policy")
    .with_codes(&[
        codes::SET,
        code::COMMON,
        codes::UNLISTED,
        campaign::codes::STATE,
    ])
    .with_parameters(&Parameter::NAMES);

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] = &[QUERY, SET];

/// The outcome of a query for the policy of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyLookup {
    /// The campaign has this policy.
    Found(StoredPolicy),
    /// The campaign exists and has no policy.
    NotSet,
    /// The campaign does not exist, says this code: `0200-01`, or `0200007` from servers that use it
    /// here as in their other interfaces.
    CampaignNotFound(ErrorCode),
    /// The server has no interface for querying a policy.
    Unsupported,
}

// === impl Client ===

impl Client {
    /// Queries the retry policy of a campaign (GET).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; nothing has changed on the server.
    pub async fn query_retry_policy(
        &self,
        campaign: CampaignRef,
        context: impl Into<CallContext>,
    ) -> Result<PolicyLookup, Error> {
        let mut attempts = Attempts::new(&self.inner, context);
        query(&self.inner, &mut attempts, campaign).await
    }

    /// Does the same in a single attempt that takes at most as long as `limit`, not counting the wait
    /// for a permit. For queries that the caller can do without.
    ///
    /// # Errors
    ///
    /// As for [`Self::query_retry_policy`].
    pub async fn query_retry_policy_once(
        &self,
        campaign: CampaignRef,
        limit: Duration,
        context: impl Into<CallContext>,
    ) -> Result<PolicyLookup, Error> {
        let mut attempts = Attempts::once(&self.inner, limit, context);
        query(&self.inner, &mut attempts, campaign).await
    }

    /// Sets the retry policy of a campaign (POST), replacing its current one.
    ///
    /// After a failure that leaves open whether the server has stored the policy, the call queries
    /// it, and posts it again only if the campaign does not have it. If it does, the call succeeds.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_taken_effect`] tells whether the server may have stored the
    /// policy nevertheless.
    pub async fn set_retry_policy(
        &self,
        campaign: CampaignRef,
        policy: &RetryPolicy,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let encoding = self.inner.config.compatibility.encoding();
        self.set_retry_policy_encoded(campaign, policy, encoding, context)
            .await
    }

    /// Does the same with an encoding other than that of the configuration.
    ///
    /// # Errors
    ///
    /// As for [`Self::set_retry_policy`].
    pub async fn set_retry_policy_encoded(
        &self,
        campaign: CampaignRef,
        policy: &RetryPolicy,
        encoding: Encoding,
        context: impl Into<CallContext>,
    ) -> Result<(), Error> {
        let request = ApiRequest::new(SET, Method::POST, path(campaign))
            .json(encode::encode_body(policy, encoding));
        let effect = SetEffect {
            client: &self.inner,
            campaign,
            policy,
        };
        write_and_settle(&self.inner, context, &request, &effect).await
    }
}

/// The effect of setting a policy: the campaign has it.
struct SetEffect<'a> {
    client: &'a ClientInner,
    campaign: CampaignRef,
    policy: &'a RetryPolicy,
}

// === impl SetEffect ===

impl ReadEffect for SetEffect<'_> {
    type Output = ();

    fn read_reply(&self, _: &Envelope) -> Result<(), ProtocolProblem> {
        Ok(())
    }

    async fn read_effect(&self, attempts: &mut Attempts<'_>) -> Result<WriteState<()>, Error> {
        let lookup = query(self.client, attempts, self.campaign).await?;
        Ok(match lookup {
            PolicyLookup::Found(stored) if equivalent(&stored.policy, self.policy) => {
                WriteState::Applied(())
            }
            PolicyLookup::Found(_) | PolicyLookup::NotSet | PolicyLookup::CampaignNotFound(_) => {
                WriteState::NotApplied
            }
            PolicyLookup::Unsupported => WriteState::Unknown,
        })
    }
}

async fn query(
    client: &ClientInner,
    attempts: &mut Attempts<'_>,
    campaign: CampaignRef,
) -> Result<PolicyLookup, Error> {
    let request = ApiRequest::get(QUERY, path(campaign));
    match attempts.make_until_done(&request).await {
        Ok(members) => stored(client, &members),
        Err(Error::Api(error)) if error.is_not_found() => {
            Ok(PolicyLookup::CampaignNotFound(error.code))
        }
        Err(Error::Protocol(error)) if is_unsupported(&error.problem) => {
            Ok(PolicyLookup::Unsupported)
        }
        Err(error) => Err(error),
    }
}

fn stored(client: &ClientInner, members: &Envelope) -> Result<PolicyLookup, Error> {
    match decode::decode_reply(members) {
        Ok(Some(stored)) => Ok(PolicyLookup::Found(stored)),
        Ok(None) => Ok(PolicyLookup::NotSet),
        Err(error) => Err(
            ReplyReader::new(client, QUERY).problem(ProtocolProblem::Document {
                noun: "policy",
                reason: error.to_string(),
            }),
        ),
    }
}

/// Returns whether a reply comes from a server without the interface.
const fn is_unsupported(problem: &ProtocolProblem) -> bool {
    matches!(
        problem,
        ProtocolProblem::Status {
            status: 404 | 405,
            ..
        }
    )
}

/// Returns the path of both interfaces.
#[must_use]
pub fn path(campaign: CampaignRef) -> String {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/retryPolicy/{campaign_id}")
}
