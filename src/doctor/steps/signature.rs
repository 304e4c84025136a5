//! The first signed request, the clocks, and the signature that the server accepts.

use std::sync::Arc;

use isales_client::{
    Error, Pages, VdnId,
    campaign::{Campaign, CampaignFilter},
    config::Compatibility,
    error::TransportKind,
    observer::ExchangeOutcome,
    sign::{SignedHeaders, TimestampPrecision},
};
use serde_json::Value;

use super::failure;
use crate::{
    configuration::Argument,
    doctor::{
        clock::OffsetClock,
        finding::{Finding, Step, Verdict},
        provider_block::Setting,
        session::{Session, Target},
    },
};

/// A difference between the clocks that is worth a note, in seconds. Smaller ones come from the time
/// that a request takes, and from dates without fractions.
const NOTABLE: i64 = 60;

/// The largest difference that the provider corrects, in seconds.
const LARGEST_CORRECTED: i64 = 86_400;

/// Lists of headers that servers of some generation verify, the default first.
const HEADER_LISTS: [&str; 3] = [
    "content-length;content-type;host",
    "content-type;host",
    "host",
];

/// The headers of a request without a body.
const CARRIED: [&str; 2] = ["content-type", "host"];

/// The list of campaigns, of which the first page was asked for.
pub(in crate::doctor) struct FirstList {
    /// The first page, or the code with which the server refused it.
    pub(in crate::doctor) page: Result<Vec<Campaign>, Error>,
    /// The pages after it.
    pub(in crate::doctor) rest: Pages<Campaign>,
}

/// Makes the first signed request. `None` if the server did not accept any signature, or did not answer
/// as CC-iSales does.
pub(in crate::doctor) async fn run(
    session: &mut Session,
    target: &mut Target,
) -> Option<FirstList> {
    session.begin(Step::Signature);
    let first = list(session, target).await?;
    match first.page {
        Ok(_) | Err(Error::Api(_)) => {
            let ahead = seconds_ahead(session);
            session.report(clock(ahead));
            session.report(accepted(&target.config.compatibility));
            Some(first)
        }
        Err(Error::Unauthorized(_)) => search(session, target).await,
        Err(error) => {
            report_failure(session, target, &error);
            None
        }
    }
}

fn report_failure(session: &mut Session, target: &Target, error: &Error) {
    let step = match error.cause() {
        Error::Transport(error) if matches!(error.kind, TransportKind::Tls(_)) => Step::Tls,
        _ => Step::Signature,
    };
    let mut finding = failure::finding(step, error);
    if finding.code == "client_certificate_refused" && target.config.client_certificate.is_none() {
        finding.code = "client_certificate_required";
    }
    if matches!(finding.code, "not_json" | "reply_without_code") {
        finding = finding.detail("HTTP and TLS work: something else than the API answers");
    }
    if step == Step::Signature && finding.verdict == Verdict::Problem {
        // The signature was not judged.
        finding.summary = format!("not known: {}", finding.summary);
    }
    session.report(finding);
}

/// Asks for the first page of the campaigns.
async fn list(session: &mut Session, target: &Target) -> Option<FirstList> {
    let client = match target.client() {
        Ok(client) => client,
        Err(finding) => {
            session.report(*finding);
            return None;
        }
    };
    // A signature is verified before the VDN is looked at, so any will do.
    let vdn_id = target.vdn_id.or_else(|| VdnId::try_from(1).ok())?;
    let mut pages = client.campaigns(vdn_id, &CampaignFilter::default(), &session.cancel);
    let page = pages.next().await.map(Option::unwrap_or_default);
    Some(FirstList { page, rest: pages })
}

/// Returns how far the server's clock is ahead, by the last reply with a date.
fn seconds_ahead(session: &Session) -> Option<i64> {
    let exchanges = session.recorder.all();
    exchanges
        .iter()
        .rev()
        .find_map(|exchange| match &exchange.outcome {
            ExchangeOutcome::Replied(reply) => reply.seconds_ahead(),
            _ => None,
        })
}

/// Finds out which signature the server accepts, one attempt after the other.
async fn search(session: &mut Session, target: &mut Target) -> Option<FirstList> {
    let ahead = seconds_ahead(session);
    let off_by = ahead.filter(|ahead| ahead.abs() > NOTABLE);
    if let Some(seconds) = off_by {
        let clock = Arc::clone(&target.clock);
        target.clock = Arc::new(OffsetClock { clock, seconds });
    }
    let given = target.config.compatibility.clone();
    let candidates = candidates(&given, off_by.is_some());
    let count = candidates.len();
    for (index, candidate) in candidates.into_iter().enumerate() {
        session.progress(Step::Signature, &format!("form {} of {count}", index + 1));
        target.config.compatibility = candidate;
        let tried = list(session, target).await?;
        match tried.page {
            Err(Error::Unauthorized(_)) => {}
            Ok(_) | Err(Error::Api(_)) => {
                session.report(match off_by {
                    Some(seconds) => refused_for_the_clock(seconds),
                    None => clock(ahead),
                });
                let compatibility = &target.config.compatibility;
                if *compatibility == given {
                    session.report(Finding::ok(
                        Step::Signature,
                        "signature_accepted",
                        "accepted with the server's time; refused with this machine's",
                    ));
                } else {
                    let finding = other_form(&given, compatibility);
                    recommend(session, &given, compatibility);
                    session.report(finding);
                }
                return Some(tried);
            }
            Err(error) => {
                report_failure(session, target, &error);
                return None;
            }
        }
    }
    target.config.compatibility = given;
    session.report(clock(ahead));
    session.report(refused(count + 1, target));
    None
}

/// Lists the forms of a signature to try after the given one, which comes first if the clock has been
/// corrected. Lists that sign the same headers of the request are tried once.
fn candidates(given: &Compatibility, with_given: bool) -> Vec<Compatibility> {
    let other = match given.timestamp_precision {
        TimestampPrecision::Milliseconds => TimestampPrecision::Seconds,
        TimestampPrecision::Seconds => TimestampPrecision::Milliseconds,
    };
    let mut lists = vec![given.signed_headers.clone()];
    for text in HEADER_LISTS {
        let Ok(list) = text.parse::<SignedHeaders>() else {
            continue;
        };
        let is_new = |known: &SignedHeaders| known.carried_by(CARRIED) != list.carried_by(CARRIED);
        if lists.iter().all(is_new) {
            lists.push(list);
        }
    }
    let mut candidates = Vec::new();
    for precision in [given.timestamp_precision, other] {
        for signed_headers in &lists {
            candidates.push(Compatibility {
                timestamp_precision: precision,
                signed_headers: signed_headers.clone(),
                ..given.clone()
            });
        }
    }
    candidates.retain(|candidate| with_given || candidate != given);
    candidates
}

fn clock(ahead: Option<i64>) -> Finding {
    match ahead {
        None => Finding::notice(
            Step::Clock,
            "clock_unknown",
            "unknown: the server's replies have no date",
        ),
        Some(seconds) if seconds.abs() <= NOTABLE => Finding::ok(
            Step::Clock,
            "clock_agrees",
            "the server's clock agrees with this machine's",
        ),
        Some(seconds) => Finding::notice(Step::Clock, "clock_differs", differs(seconds))
            .fix("Set the clock that is wrong: a signature is accepted for minutes only."),
    }
}

fn refused_for_the_clock(seconds: i64) -> Finding {
    let finding = |code, fix: &str| {
        Finding::problem(
            Step::Clock,
            code,
            format!(
                "{}, and the server refuses signatures for that",
                differs(seconds)
            ),
        )
        .fix(fix)
    };
    if seconds.abs() > LARGEST_CORRECTED {
        finding(
            "clock_too_far_off",
            "Set the clock of this machine, or the server's if that one is wrong. The provider \
             corrects a difference of at most a day.",
        )
    } else {
        finding(
            "clock_off",
            "Set the clock of this machine, or the server's if that one is wrong. Until then the \
             provider signs with the server's time, after a refused request in each run.",
        )
    }
}

fn differs(seconds: i64) -> String {
    let by = tfplugin::duration::format(std::time::Duration::from_secs(seconds.unsigned_abs()));
    match seconds {
        0.. => format!("the server's clock is {by} ahead of this machine's"),
        _ => format!("the server's clock is {by} behind this machine's"),
    }
}

fn accepted(compatibility: &Compatibility) -> Finding {
    Finding::ok(
        Step::Signature,
        "signature_accepted",
        format!(
            "accepted, with time in {} and signed headers {}",
            precision_name(compatibility.timestamp_precision),
            compatibility.signed_headers.carried_by(CARRIED)
        ),
    )
}

/// The server accepts another form of signature than the given one.
fn other_form(given: &Compatibility, accepted: &Compatibility) -> Finding {
    let settings: Vec<_> = changes(given, accepted)
        .into_iter()
        .map(|(argument, value)| {
            format!(
                "{} = \"{value}\" ({})",
                argument.name(),
                argument.variable()
            )
        })
        .collect();
    let code = match (
        given.timestamp_precision == accepted.timestamp_precision,
        given.signed_headers == accepted.signed_headers,
    ) {
        (false, true) => "timestamp_precision_differs",
        (true, false) => "signed_headers_differ",
        _ => "signature_form_differs",
    };
    Finding::problem(
        Step::Signature,
        code,
        "refused as configured, and accepted in another form",
    )
    .fix(format!("Set in compatibility: {}.", settings.join(", ")))
}

/// Returns the arguments of `compatibility` that differ, with their new values.
fn changes(given: &Compatibility, accepted: &Compatibility) -> Vec<(Argument, String)> {
    let mut changes = Vec::new();
    if given.timestamp_precision != accepted.timestamp_precision {
        changes.push((
            Argument::compatibility("timestamp_precision"),
            precision_name(accepted.timestamp_precision).to_owned(),
        ));
    }
    if given.signed_headers != accepted.signed_headers {
        changes.push((
            Argument::compatibility("signed_headers"),
            accepted.signed_headers.to_string(),
        ));
    }
    changes
}

fn recommend(session: &mut Session, given: &Compatibility, accepted: &Compatibility) {
    for (argument, value) in changes(given, accepted) {
        let comment = "The server refuses the default.".to_owned();
        let value = Setting::Value(Value::from(value));
        session.block.set(argument, value, Some(comment));
    }
}

fn refused(attempts: usize, target: &Target) -> Finding {
    let finding = Finding::problem(
        Step::Signature,
        "signature_refused",
        match attempts {
            1 => "refused (401)".to_owned(),
            _ => format!("refused (401) in all {attempts} forms tried"),
        },
    )
    .detail("a wrong access key and a wrong secret key cannot be told apart")
    .detail(format!(
        "signed for {}: a gateway that hands the request on under another host and port makes every \
         signature invalid",
        target.config.endpoint.host_header()
    ));
    finding.fix(
        "Check access_key and secret_key (ISALES_ACCESS_KEY, ISALES_SECRET_KEY): most likely they are not \
         a pair, or not of this server. The operations personnel of CC-iSales issue them; they are not \
         those of IAM. If they are right, set endpoint (ISALES_ENDPOINT) to the host and port that the \
         server knows itself by.",
    )
}

const fn precision_name(precision: TimestampPrecision) -> &'static str {
    match precision {
        TimestampPrecision::Milliseconds => "milliseconds",
        TimestampPrecision::Seconds => "seconds",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_tried_once() {
        let forms = |given: &Compatibility, with_given| {
            let forms = candidates(given, with_given).into_iter().map(|form| {
                let precision = precision_name(form.timestamp_precision);
                format!("{precision} {}", form.signed_headers.carried_by(CARRIED))
            });
            forms.collect::<Vec<_>>()
        };
        let given = Compatibility::default();
        assert_eq!(
            forms(&given, false),
            [
                "milliseconds host",
                "seconds content-type;host",
                "seconds host"
            ]
        );
        let given = Compatibility {
            signed_headers: "host".parse().unwrap(),
            timestamp_precision: TimestampPrecision::Seconds,
            ..Compatibility::default()
        };
        assert_eq!(
            forms(&given, true),
            [
                "seconds host",
                "seconds content-type;host",
                "milliseconds host",
                "milliseconds content-type;host"
            ]
        );
    }
}
