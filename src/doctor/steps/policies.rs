//! The query of retry policies, and the forms in which they come.

use isales_client::{
    CampaignRef, Client, Error,
    observer::{Exchange, ExchangeOutcome},
    retry_policy::{PolicyForms, PolicyLookup},
};

use super::{campaigns::Known, failure, forms};
use crate::doctor::{
    finding::{Finding, Step},
    session::Session,
};

/// What was read of the policies.
#[derive(Default)]
struct Read {
    found: usize,
    not_set: usize,
    missing: Vec<CampaignRef>,
    unreadable: Vec<(CampaignRef, String)>,
    forms: PolicyForms,
}

/// Queries the policies of some campaigns, one after the other. Returns whether the server still
/// answers.
pub(in crate::doctor) async fn run(session: &mut Session, client: &Client, known: &Known) -> bool {
    let Some(first) = known.campaigns.first() else {
        session.skip(
            &[Step::Query, Step::Policies],
            "no campaign is known; name one with --campaign-id",
        );
        return true;
    };
    session.begin(Step::Query);
    let mut read = Read::default();
    match query(session, client, *first, &mut read).await {
        Ok(PolicyLookup::Unsupported) => {
            let finding = not_served(last_status(session));
            session.report(finding);
            session.skip(&[Step::Policies], "the server does not show retry policies");
            return true;
        }
        Ok(_) => {}
        Err(error) if is_unreadable(&error) => {}
        Err(error) => {
            session.report(failure::finding(Step::Query, &error));
            session.skip(&[Step::Policies], "the query failed");
            return !failure::concerns_every_request(&error);
        }
    }
    session.report(Finding::ok(
        Step::Query,
        "query_served",
        "the server shows retry policies",
    ));
    for (index, campaign) in known.campaigns.iter().enumerate().skip(1) {
        session.progress(
            Step::Policies,
            &format!("campaign {} of {}", index + 1, known.campaigns.len()),
        );
        match query(session, client, *campaign, &mut read).await {
            Ok(_) => {}
            Err(error) if is_unreadable(&error) => {}
            Err(error) => {
                session.report(failure::finding(Step::Policies, &error));
                return !failure::concerns_every_request(&error);
            }
        }
    }
    for finding in findings(session, known, &read) {
        session.report(finding);
    }
    true
}

async fn query(
    session: &Session,
    client: &Client,
    campaign: CampaignRef,
    read: &mut Read,
) -> Result<PolicyLookup, Error> {
    let mark = session.recorder.mark();
    let lookup = client.query_retry_policy(campaign, &session.cancel).await;
    match &lookup {
        Ok(PolicyLookup::Found(_)) => {
            read.found += 1;
            let exchanges = session.recorder.since(mark);
            let forms = exchanges.iter().filter_map(|exchange| forms_of(exchange));
            forms.for_each(|forms| read.forms.extend(forms));
        }
        Ok(PolicyLookup::NotSet) => read.not_set += 1,
        Ok(PolicyLookup::CampaignNotFound(_)) => read.missing.push(campaign),
        Ok(PolicyLookup::Unsupported) => {}
        Err(error) if is_unreadable(error) => {
            read.unreadable.push((campaign, failure::reason(error)));
        }
        Err(_) => {}
    }
    lookup
}

/// Returns the forms of the policy in a reply.
fn forms_of(exchange: &Exchange) -> Option<PolicyForms> {
    let ExchangeOutcome::Replied(reply) = &exchange.outcome else {
        return None;
    };
    PolicyForms::of_reply(&reply.members()?)
}

fn is_unreadable(error: &Error) -> bool {
    use isales_client::error::ProtocolProblem;

    matches!(error.cause(), Error::Protocol(error) if matches!(error.problem,
        ProtocolProblem::Document { .. } | ProtocolProblem::Member { .. }))
}

/// Returns the status of the last reply.
fn last_status(session: &Session) -> Option<u16> {
    let exchanges = session.recorder.all();
    match &exchanges.last()?.outcome {
        ExchangeOutcome::Replied(reply) => Some(reply.status),
        _ => None,
    }
}

fn not_served(status: Option<u16>) -> Finding {
    let status = status.map_or_else(String::new, |status| format!(": GET answers {status}"));
    Finding::notice(
        Step::Query,
        "query_not_served",
        format!("the server does not show retry policies{status}"),
    )
    .detail(
        "The provider can set policies, but can neither detect drift nor import, and \
         deletion_policy = \"restore\" has nothing to restore.",
    )
    .fix("Ask the operations personnel of CC-iSales whether a newer version answers the query of retry policies.")
}

fn findings(session: &mut Session, known: &Known, read: &Read) -> Vec<Finding> {
    let count = |count: usize, noun: &str| format!("{count} {noun}");
    let mut parts = vec![
        count(read.found, "with a policy"),
        count(read.not_set, "without"),
    ];
    if !read.missing.is_empty() {
        parts.push(count(read.missing.len(), "not found"));
    }
    if !read.unreadable.is_empty() {
        parts.push(count(read.unreadable.len(), "unreadable"));
    }
    let asked = match known.campaigns.len() {
        1 => "1 campaign".to_owned(),
        count => format!("{count} campaigns"),
    };
    let summary = format!("{asked} read: {}", parts.join(", "));
    let mut findings = Vec::new();
    if read.found == 0 {
        findings.push(
            Finding::notice(Step::Policies, "no_policies", summary)
                .detail(
                    "the forms of the server are not known: no policy that can be read was found",
                )
                .fix("Name a campaign that has a policy with --campaign-id."),
        );
    } else {
        let will_try = session.options.write.is_some();
        let details = forms::describe(&read.forms);
        findings.push(Finding::ok(Step::Policies, "policies_read", summary).details(details));
        findings.extend(forms::suggest(&mut session.block, &read.forms, will_try));
    }
    if let Some((campaign, reason)) = read.unreadable.first() {
        findings.push(
            Finding::problem(
                Step::Policies,
                "policy_unreadable",
                format!("the policy of campaign {campaign} cannot be read: {reason}"),
            )
            .details(
                read.unreadable
                    .iter()
                    .skip(1)
                    .map(|(campaign, reason)| format!("{campaign}: {reason}")),
            )
            .fix(
                "Run this command with --report FILE and report the file, with the version of \
                 CC-iSales, so that this form can be read.",
            ),
        );
    }
    if let Some(campaign) = read.missing.first() {
        findings.push(
            Finding::notice(
                Step::Policies,
                "campaign_not_found",
                format!("campaign {campaign} does not exist, or is not of this VDN"),
            )
            .fix("Check --campaign-id and vdn_id (ISALES_VDN_ID), or whether it was deleted just now."),
        );
    }
    findings
}
