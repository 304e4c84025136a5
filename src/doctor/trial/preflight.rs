//! What is looked at before the first POST: the campaign, its policy, and what policies are made of.
//! A campaign on which a trial might do harm is refused.

use std::{collections::BTreeSet, sync::Arc};

use isales_client::{
    CampaignRef, Client, Error, RetryPolicy,
    campaign::CampaignStatus,
    error::ProtocolProblem,
    observer::{Exchange, ExchangeOutcome},
    retry_policy::{
        DataType, PolicyElement, PolicyLookup, ResultCode, Rule, equivalent, unread_members,
    },
};
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::{
    course::Goal,
    material::{Material, left_policy},
};
use crate::doctor::{
    command_line::WriteOptions,
    finding::{Finding, Step},
    recorder::Recorder,
    steps::failure,
};

/// A campaign that may be written to.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) goal: Goal,
    pub(super) material: Material,
    /// Whether the campaign is suspended, so that nothing uses its policy.
    pub(super) is_suspended: bool,
    /// The reply with the policy, if there is one.
    pub(super) shown: Option<Value>,
    /// Members of it that a POST cannot set, and that the user is ready to lose.
    pub(super) unread: BTreeSet<String>,
    /// Why there are no number types or codes to try.
    pub(super) notes: Vec<String>,
}

/// Looks at everything.
///
/// # Errors
///
/// Why there is no trial.
pub(super) async fn examine(
    client: &Client,
    recorder: &Recorder,
    options: &WriteOptions,
    cancel: &CancellationToken,
) -> Result<Ready, Box<Finding>> {
    let is_suspended = is_suspended(client, options, cancel).await?;
    let mark = recorder.mark();
    let lookup = client.query_retry_policy(options.campaign, cancel).await;
    let goal = goal(lookup, options)?;
    let shown = if goal.is_original {
        Some(shown_without_loss(
            &recorder.since(mark),
            &goal.policy,
            options,
        )?)
    } else {
        None
    };
    let mut notes = Vec::new();
    let vdn_id = options.campaign.vdn_id;
    let number_types = client.number_types(vdn_id, cancel).await;
    let number_types = listed(number_types, "number types", &mut notes);
    let results = client.call_results(vdn_id, cancel).next().await;
    let results = listed(
        results.map(Option::unwrap_or_default),
        "call results",
        &mut notes,
    );
    let material = Material {
        number_types,
        codes: results
            .into_iter()
            .map(|result| result.result_code)
            .collect(),
        result: None,
    };
    Ok(Ready {
        material: completed(material, &goal.policy),
        goal,
        is_suspended,
        unread: shown.as_ref().map(unread_members).unwrap_or_default(),
        shown: shown.map(Value::Object),
        notes,
    })
}

/// Checks the status of the campaign. Only a suspended one is certain not to use its policy: a server
/// has the same number for one that runs and one that does not.
async fn is_suspended(
    client: &Client,
    options: &WriteOptions,
    cancel: &CancellationToken,
) -> Result<bool, Box<Finding>> {
    let campaign = options.campaign;
    let status = match client.campaign(campaign, cancel).await {
        Ok(Some(found)) => found.status,
        Ok(None) => {
            return Err(refused(
                "campaign_not_found",
                format!("campaign {campaign} does not exist"),
                "Check the VDN and the campaign after --write.",
            ));
        }
        // The rest does not depend on this interface.
        Err(_) if options.even_if_running => None,
        Err(error) => {
            return Err(refused(
                "campaign_unreadable",
                format!(
                    "the status of campaign {campaign} is not known: {}",
                    failure::reason(&error)
                ),
                // This says nothing about the campaign, and may pass.
                if failure::concerns_every_request(&error) {
                    LATER
                } else {
                    EVEN_IF_RUNNING
                },
            ));
        }
    };
    match status {
        Some(CampaignStatus::Suspended) => Ok(true),
        _ if options.even_if_running => Ok(false),
        status => {
            let number = match status {
                Some(status) => format!("status {}", status.number()),
                None => "no status".to_owned(),
            };
            let meaning = match status {
                Some(CampaignStatus::Active) => {
                    ", which is that of running, finished and not started campaigns alike"
                }
                _ => "",
            };
            Err(refused(
                "campaign_not_suspended",
                format!("campaign {campaign} has {number}{meaning}; only 3, suspended, is safe"),
                EVEN_IF_RUNNING,
            ))
        }
    }
}

const LATER: &str = "Try again later.";

const EVEN_IF_RUNNING: &str = "Suspend the campaign, name another one, or add --even-if-running if \
     it may use a policy of the trial for seconds.";

/// Determines which policy the campaign is to have in the end.
fn goal(lookup: Result<PolicyLookup, Error>, options: &WriteOptions) -> Result<Goal, Box<Finding>> {
    let campaign = options.campaign;
    match lookup {
        Ok(PolicyLookup::Found(stored)) => Ok(Goal {
            policy: stored.policy,
            is_original: true,
        }),
        Ok(PolicyLookup::NotSet) if options.leave_policy => Ok(Goal {
            policy: left_policy(),
            is_original: false,
        }),
        Ok(PolicyLookup::NotSet) => Err(refused(
            "policy_not_set",
            format!(
                "campaign {campaign} has no retry policy, and the API has no way to take one away again"
            ),
            "Name a campaign with a policy, or add --leave-policy if this one may keep a policy of \
             the trial.",
        )),
        Ok(PolicyLookup::CampaignNotFound(code)) => Err(refused(
            "campaign_not_found",
            format!(
                "the query of the policy says that campaign {campaign} does not exist (code {code})"
            ),
            "Check the VDN and the campaign after --write.",
        )),
        Ok(PolicyLookup::Unsupported) => Err(refused(
            "query_not_served",
            "the server does not serve the query of retry policies, so that nothing could be put back",
            "Set policies with Terraform on a campaign that is of no importance instead, and look at \
             them in the console.",
        )),
        Err(error) if is_unreadable(&error) => Err(refused(
            "policy_unreadable",
            format!("the policy of campaign {campaign} could not be put back exactly: {error}"),
            "Name another campaign, and send a report (--report) to the authors of the provider.",
        )),
        Err(error) => Err(refused(
            "policy_not_queried",
            format!(
                "the policy of campaign {campaign} is not known: {}",
                failure::reason(&error)
            ),
            if failure::concerns_every_request(&error) {
                LATER
            } else {
                "Fix what the steps before this one found, and run again."
            },
        )),
    }
}

/// Checks that the policy is the one that was shown to the user.
///
/// # Errors
///
/// It is another one, or not known.
pub(super) async fn check_unchanged(
    client: &Client,
    campaign: CampaignRef,
    goal: &Goal,
    cancel: &CancellationToken,
) -> Result<(), Box<Finding>> {
    match client.query_retry_policy(campaign, cancel).await {
        Ok(PolicyLookup::Found(stored))
            if goal.is_original && equivalent(&stored.policy, &goal.policy) =>
        {
            Ok(())
        }
        Ok(PolicyLookup::NotSet) if !goal.is_original => Ok(()),
        Ok(_) => Err(refused(
            "policy_changed",
            format!("somebody has changed the policy of campaign {campaign} in the meantime"),
            "Run again, so that the policy that is there now is the one to put back.",
        )),
        Err(error) => Err(refused(
            "policy_not_queried",
            format!("the policy of campaign {campaign} is not known any more: {error}"),
            "Run again.",
        )),
    }
}

/// Returns the reply, and refuses what a POST of the policy might lose.
fn shown_without_loss(
    exchanges: &[Arc<Exchange>],
    policy: &RetryPolicy,
    options: &WriteOptions,
) -> Result<Map<String, Value>, Box<Finding>> {
    let Some(members) = last_reply(exchanges) else {
        return Err(refused(
            "policy_unreadable",
            "the reply with the policy could not be examined for what a POST might lose",
            "Name another campaign.",
        ));
    };
    let unread = unread_members(&members);
    let lost: Vec<_> = unread
        .iter()
        .filter(|name| !options.may_lose.contains(name.as_str()))
        .map(String::as_str)
        .collect();
    if !lost.is_empty() {
        return Err(refused(
            "policy_has_more",
            format!(
                "the query shows more of the policy than a POST can set, and the POST may remove it: {}",
                lost.join(", ")
            ),
            &format!(
                "Name a campaign without that, or add --may-lose {} if the campaign may lose it.",
                lost.join(",")
            ),
        ));
    }
    if let Some(name) = policy.policy_json.iter().find_map(unsendable_name) {
        return Err(refused(
            "policy_not_sendable",
            format!(
                "the policy has the name or code {name:?}, which cannot be sent in policy_json, so that \
                 it could not be put back"
            ),
            "Name another campaign.",
        ));
    }
    Ok(members)
}

/// Returns the members of the last reply.
pub(super) fn last_reply(exchanges: &[Arc<Exchange>]) -> Option<Map<String, Value>> {
    let mut outcomes = exchanges.iter().rev().map(|exchange| &exchange.outcome);
    outcomes.find_map(|outcome| match outcome {
        ExchangeOutcome::Replied(reply) => Some(reply.members()),
        _ => None,
    })?
}

/// Returns a name or code with a character that has a meaning in `policyJson`.
fn unsendable_name(element: &PolicyElement) -> Option<&str> {
    let data_type = element.data_type.iter().map(DataType::as_str);
    let codes = element.no_retry_policy.iter().map(ResultCode::as_str);
    data_type.chain(codes).find(|name| !is_sendable(name))
}

fn is_sendable(name: &str) -> bool {
    let breaks = |c: char| matches!(c, '\'' | '"' | '\\') || c.is_control();
    !name.contains(breaks)
}

/// Returns the entries of a list, or notes why there are none.
fn listed<T>(list: Result<Vec<T>, Error>, name: &str, notes: &mut Vec<String>) -> Vec<T> {
    match list {
        Ok(entries) => {
            if entries.is_empty() {
                notes.push(format!("The server lists no {name}."));
            }
            entries
        }
        Err(error) => {
            notes.push(format!("The {name} could not be listed: {error}"));
            Vec::new()
        }
    }
}

/// Adds what the policy itself uses, and leaves out what cannot be sent.
fn completed(mut material: Material, policy: &RetryPolicy) -> Material {
    for element in &policy.policy_json {
        if let Some(name) = &element.data_type
            && !material.number_types.contains(name)
        {
            material.number_types.push(name.clone());
        }
        material
            .codes
            .extend(element.no_retry_policy.iter().cloned());
        if let Rule::Result(rules) = &element.rule
            && let Some(rule) = rules.first()
        {
            material.result.get_or_insert(rule.result);
        }
    }
    material
        .number_types
        .retain(|name| is_sendable(name.as_str()));
    material.codes.retain(|code| is_sendable(code.as_str()));
    material
}

fn is_unreadable(error: &Error) -> bool {
    matches!(
        error.cause(),
        Error::Protocol(error) if matches!(error.problem, ProtocolProblem::Document { .. })
    )
}

fn refused(code: &'static str, reason: impl Into<String>, fix: &str) -> Box<Finding> {
    let reason = format!("not begun: {}", reason.into());
    Box::new(Finding::problem(Step::Trial, code, reason).fix(fix))
}
