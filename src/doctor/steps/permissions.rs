//! The interfaces that the provider reads, and whether this access key may use them.

use std::fmt::Write as _;

use isales_client::{
    CampaignRef, Client, Error, call_batch::CallBatchFilter, error::ProtocolProblem,
};

use serde_json::Value;

use super::{campaigns::Known, failure};
use crate::{
    configuration::Argument,
    doctor::{
        finding::{Finding, Step},
        provider_block::Setting,
        session::{Session, Target},
    },
};

/// An interface to ask.
#[derive(Clone, Copy)]
enum Interface {
    CallResults,
    ObsResultCodes,
    BusinessResults,
    NumberTypes,
    Campaign(CampaignRef),
    SpecialDates(CampaignRef),
    CallBatches(CampaignRef),
}

/// Asks each interface once. Returns whether the server still answers.
pub(in crate::doctor) async fn run(
    session: &mut Session,
    target: &mut Target,
    client: &Client,
    known: &Known,
) -> bool {
    let mut interfaces = vec![
        Interface::CallResults,
        Interface::ObsResultCodes,
        Interface::BusinessResults,
        Interface::NumberTypes,
    ];
    // A campaign that the user has named need not exist.
    if let Some(campaign) = known.example {
        interfaces.extend([
            Interface::Campaign(campaign),
            Interface::SpecialDates(campaign),
            Interface::CallBatches(campaign),
        ]);
    }
    let count = interfaces.len();
    let (mut allowed, mut others) = (Vec::new(), Vec::new());
    for (index, interface) in interfaces.into_iter().enumerate() {
        let name = interface.name();
        session.progress(
            Step::Permissions,
            &format!("{name} ({} of {count})", index + 1),
        );
        match interface.ask(session, client, known).await {
            Ok(()) => allowed.push(name),
            Err(error) if failure::concerns_every_request(&error) => {
                session.report(failure::finding(Step::Permissions, &error));
                return false;
            }
            Err(Error::Unauthorized(_))
                if interface.has_body()
                    && signs_without_length(session, target, interface, known).await =>
            {
                allowed.push(name);
            }
            Err(error) => others.push(finding(name, &error)),
        }
    }
    let mut summary = format!("{} of {count} interfaces answer", allowed.len());
    if others.is_empty() {
        let finding = Finding::ok(Step::Permissions, "interfaces_answer", summary);
        session.report(match known.example {
            Some(_) => finding,
            None => finding.detail("those of a campaign were not asked: the list has no campaign"),
        });
        return true;
    }
    if !allowed.is_empty() {
        let _ = write!(summary, ": {}", allowed.join(", "));
    }
    let mut summary = Some(summary);
    for finding in others {
        session.report(finding.details(summary.take()));
    }
    true
}

/// Finds out whether a request with a body is accepted if its signature does not cover
/// `content-length`, which only such requests have. If so, that is what to use from then on.
async fn signs_without_length(
    session: &mut Session,
    target: &mut Target,
    interface: Interface,
    known: &Known,
) -> bool {
    let compatibility = &target.config.compatibility;
    let names: Vec<_> = compatibility
        .signed_headers
        .iter()
        .filter(|name| *name != "content-length")
        .collect();
    let Ok(shorter) = names.join(";").parse() else {
        return false;
    };
    if shorter == compatibility.signed_headers {
        return false;
    }
    let mut config = target.config.clone();
    config.compatibility.signed_headers = shorter;
    let Ok(client) = target.client_with(config.clone()) else {
        return false;
    };
    let asked = interface.ask(session, &client, known).await;
    if !matches!(asked, Ok(()) | Err(Error::Api(_))) {
        return false;
    }
    let list = config.compatibility.signed_headers.to_string();
    target.config = config;
    let argument = Argument::compatibility("signed_headers");
    session.block.set(
        argument,
        Setting::Value(Value::from(list.as_str())),
        Some("The server refuses the default in requests with a body.".to_owned()),
    );
    session.report(
        Finding::problem(
            Step::Signature,
            "signed_headers_differ",
            "requests with a body are refused as configured, and accepted without content-length in \
             the signature",
        )
        .detail("a proxy in between may change that header; the POST that sets a policy has a body")
        .fix(format!(
            "Set in compatibility: signed_headers = \"{list}\" ({}).",
            argument.variable()
        )),
    );
    true
}

/// Returns the finding of an interface that does not answer as it should.
fn finding(name: &str, error: &Error) -> Finding {
    let refused = |how: String| {
        Finding::notice(
            Step::Permissions,
            "interface_refused",
            format!("{name}: refused ({how})"),
        )
        .fix(format!(
            "If you use {name} in Terraform, have the operations personnel of CC-iSales allow this \
             interface for the access key."
        ))
    };
    match error.cause() {
        Error::Unauthorized(_) => refused("401".to_owned()),
        Error::Api(error) => refused(format!("code {}", error.code))
            .detail(failure::reason(&Error::Api(error.clone()))),
        Error::Protocol(error) => match error.problem {
            ProtocolProblem::Status { status: 403, .. } => refused("403".to_owned()),
            ProtocolProblem::Status {
                status: status @ (404 | 405),
                ..
            } => Finding::notice(
                Step::Permissions,
                "interface_not_served",
                format!("{name}: not served (status {status})"),
            )
            .fix(format!(
                "If you use {name} in Terraform, ask whether a newer CC-iSales has this interface."
            )),
            _ => with_name(
                name,
                failure::finding(Step::Permissions, &Error::Protocol(error.clone())),
            ),
        },
        other => with_name(name, failure::finding(Step::Permissions, other)),
    }
}

fn with_name(name: &str, finding: Finding) -> Finding {
    Finding {
        summary: format!("{name}: {}", finding.summary),
        ..finding
    }
}

// === impl Interface ===

impl Interface {
    /// Returns the name of the object in Terraform.
    const fn name(self) -> &'static str {
        match self {
            Self::CallResults => "isales_call_results",
            Self::ObsResultCodes => "isales_obs_result_codes",
            Self::BusinessResults => "isales_business_results",
            Self::NumberTypes => "isales_number_types",
            Self::Campaign(_) => "isales_campaign",
            Self::SpecialDates(_) => "isales_special_dates",
            Self::CallBatches(_) => "isales_call_batches",
        }
    }

    /// Returns whether the request has a body.
    const fn has_body(self) -> bool {
        matches!(self, Self::CallBatches(_))
    }

    /// Makes one request.
    async fn ask(self, session: &Session, client: &Client, known: &Known) -> Result<(), Error> {
        let Known { vdn_id, .. } = *known;
        let cancel = &session.cancel;
        match self {
            Self::CallResults => client.call_results(vdn_id, cancel).next().await.map(drop),
            Self::ObsResultCodes => client
                .obs_result_codes(vdn_id, cancel)
                .next()
                .await
                .map(drop),
            Self::BusinessResults => client
                .business_results(vdn_id, cancel)
                .next()
                .await
                .map(drop),
            Self::NumberTypes => client.number_types(vdn_id, cancel).await.map(drop),
            Self::Campaign(campaign) => client.campaign(campaign, cancel).await.map(drop),
            Self::SpecialDates(campaign) => client.special_dates(campaign, cancel).await.map(drop),
            Self::CallBatches(campaign) => {
                let filter = CallBatchFilter::default();
                let mut pages = client.call_batches(campaign, &filter, cancel);
                pages.next().await.map(drop)
            }
        }
    }
}
