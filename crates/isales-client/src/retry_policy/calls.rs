//! The two calls for the retry policy of a campaign: GET and POST on one URI.

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{RetryPolicy, StoredPolicy, decode, encode, equivalent};
use crate::{
    client::Client,
    error::{Error, ErrorCode, Operation, ProtocolProblem, Sent},
    http::{envelope::Envelope, exchange::ApiRequest, retry::Attempts, shared::ClientInner},
    id::CampaignRef,
};

/// The outcome of a query for the policy of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyLookup {
    /// The campaign has this policy.
    Found(StoredPolicy),
    /// The campaign exists and has no policy.
    NotSet,
    /// The campaign does not exist (code `0200-01`).
    CampaignNotFound,
    /// The server has no query interface.
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
        cancel: &CancellationToken,
    ) -> Result<PolicyLookup, Error> {
        query(
            &mut Attempts::new(&self.shared, cancel),
            &self.shared,
            campaign,
        )
        .await
    }

    /// Sets the retry policy of a campaign (POST), in place of any it has.
    ///
    /// After a failure that leaves open whether the server has stored the policy, it is queried,
    /// and posted again only if it is not there. A policy that is there counts as set.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::may_have_been_stored`] tells whether the server may have stored the
    /// policy all the same.
    pub async fn set_retry_policy(
        &self,
        campaign: CampaignRef,
        policy: &RetryPolicy,
        cancel: &CancellationToken,
    ) -> Result<(), Error> {
        let encoding = self.shared.config.compatibility.encoding();
        let outgoing = ApiRequest {
            operation: Operation::SetRetryPolicy,
            path: path(campaign),
            query: Vec::new(),
            body: Some(encode::encode_body(policy, encoding).into()),
        };
        let mut attempts = Attempts::new(&self.shared, cancel);
        let mut open = None;
        loop {
            let failure = match attempts.make(&outgoing).await {
                Ok(_) => return Ok(()),
                Err(failure) => failure,
            };
            let lost = Some(Error::clone(&failure.error)).filter(Error::may_have_been_stored);
            open = lost.clone().or(open);
            let next = attempts.prepare_next(&outgoing, failure).await;
            if let Some(lost) = lost
                && attempts.may_query(&next)
            {
                match self.find(&mut attempts, campaign, policy).await {
                    Ok(Found::There) => return Ok(()),
                    Ok(Found::NotThere) => {}
                    Err(Error::Cancelled { .. }) => return Err(outgoing.cancelled(Sent::Maybe)),
                    // The failure that led here says what happened.
                    Ok(Found::Unknown) | Err(_) => return Err(lost),
                }
            }
            if let Err(error) = next {
                return Err(settle(error, open));
            }
        }
    }

    /// Looks for a policy whose confirmation was lost.
    async fn find(
        &self,
        attempts: &mut Attempts<'_>,
        campaign: CampaignRef,
        policy: &RetryPolicy,
    ) -> Result<Found, Error> {
        match query(attempts, &self.shared, campaign).await? {
            PolicyLookup::Found(stored) if equivalent(&stored.policy, policy) => {
                log::info!(
                    campaign:% = campaign;
                    "The server has stored the policy whose confirmation was lost"
                );
                Ok(Found::There)
            }
            PolicyLookup::Found(_) | PolicyLookup::NotSet | PolicyLookup::CampaignNotFound => {
                Ok(Found::NotThere)
            }
            PolicyLookup::Unsupported => Ok(Found::Unknown),
        }
    }
}

/// Whether the server has a policy.
enum Found {
    There,
    NotThere,
    /// The server has no query interface.
    Unknown,
}

/// The error that a call ends with, after one of its requests may have been carried out.
///
/// A code of Table 7 settles it: it judges the campaign or the policy, which are the same in every
/// request of the call. Otherwise the earlier one stays open, even if a query did not find its
/// policy: it may still be on its way. A refused signature tells nothing of another signature.
fn settle(error: Error, open: Option<Error>) -> Error {
    let Some(open) = open else { return error };
    match error {
        Error::Api(refusal) if refusal.code.is_of_table_7() => refusal.into(),
        error if error.may_have_been_stored() => error,
        Error::Cancelled { operation, .. } => Error::Cancelled {
            operation,
            sent: Sent::Maybe,
        },
        last => {
            log::warn!(
                reason = last.summary();
                "The request failed for another reason in the end, but an earlier one may have been carried out"
            );
            open
        }
    }
}

async fn query(
    attempts: &mut Attempts<'_>,
    shared: &ClientInner,
    campaign: CampaignRef,
) -> Result<PolicyLookup, Error> {
    let outgoing = ApiRequest::get(Operation::QueryRetryPolicy, path(campaign));
    match attempts.make_until_done(&outgoing).await {
        Ok(members) => stored(&members, shared),
        Err(Error::Api(error)) if error.code == ErrorCode::CampaignNotFound => {
            Ok(PolicyLookup::CampaignNotFound)
        }
        Err(Error::Protocol(error)) if is_unsupported(&error.problem) => {
            Ok(PolicyLookup::Unsupported)
        }
        Err(error) => Err(error),
    }
}

fn stored(members: &Envelope, shared: &ClientInner) -> Result<PolicyLookup, Error> {
    let data = members.get("data").unwrap_or(&Value::Null);
    match decode::decode_data(data) {
        Ok(Some(stored)) => Ok(PolicyLookup::Found(stored)),
        Ok(None) => Ok(PolicyLookup::NotSet),
        Err(error) => Err(shared
            .reader(Operation::QueryRetryPolicy)
            .problem(ProtocolProblem::Policy(error))),
    }
}

/// A server without the interface answers outside of the API.
const fn is_unsupported(problem: &ProtocolProblem) -> bool {
    matches!(
        problem,
        ProtocolProblem::Status {
            status: 404 | 405,
            ..
        }
    )
}

fn path(campaign: CampaignRef) -> String {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    format!("/rest/isales/v1/openapi/campaigns/{vdn_id}/retryPolicy/{campaign_id}")
}
