//! The findings about the server.

use std::time::Duration;

use isales_client::retry_policy::{CommonPolicyLayout, PolicyType, Quotes};

use super::{described, reason};
use crate::doctor::{
    finding::{Finding, Step, Verdict},
    trial::{
        course::Trial,
        facts::{Facts, Taken},
        form::{Answered, Form, Layout, layout_setting_name, other_quotes, quotes_name},
        material::Material,
        write::{Answer, Lag},
    },
};

/// Returns the findings about the server. Where nothing was found out, there are none.
pub(in crate::doctor::trial) fn about_server(trial: &Trial, notes: &[String]) -> Vec<Finding> {
    let facts = trial.facts();
    let mut findings = Vec::new();
    findings.extend(facts.lag().map(lag));
    if facts.answered.is_empty() {
        return findings;
    }
    // A form that was accepted and not kept is nothing to rely on.
    let is_kept = |has_layout: bool| {
        let mut kept = facts.answered.iter().filter(|known| known.answer.is_kept());
        kept.any(|known| !has_layout || known.question.writing.layout.is_some())
    };
    let is_shown =
        |finding: &Finding, has_layout| finding.verdict != Verdict::Ok || is_kept(has_layout);
    findings.extend(Some(quotes(facts)).filter(|finding| is_shown(finding, false)));
    findings.extend(layout(facts).filter(|finding| is_shown(finding, true)));
    for known in Form::ALL {
        let about = match facts.best(known) {
            Some(best) => form(known, best),
            None => Finding::skipped(Step::Trial, not_asked(known, trial.material(), notes)),
        };
        findings.push(about);
    }
    findings
}

fn lag(lag: Lag) -> Finding {
    if lag.flipped {
        let summary = format!(
            "reads show a write and then what was there before, for up to {}",
            seconds(lag.over)
        );
        return Finding::notice(Step::Trial, "reads_flip", summary)
            .detail("The provider reads on for up to 30 s after a write, so this does no harm.");
    }
    if lag.over.is_zero() {
        return Finding::ok(Step::Trial, "reads_current", "reads show a write at once");
    }
    let longest = seconds(lag.within);
    let summary = format!("reads lag behind writes: a write appeared after up to {longest}");
    Finding::notice(Step::Trial, "reads_lag", summary)
        .detail("The provider reads on for up to 30 s after a write, so this does no harm.")
}

fn quotes(facts: &Facts) -> Finding {
    let configured = facts.configured().quotes;
    let other = other_quotes(configured);
    let only = |quotes: Quotes, refused: &Answer| {
        let code = match quotes {
            Quotes::Single => "quotes_single_only",
            Quotes::Double => "quotes_double_only",
        };
        let summary = format!(
            "the server takes {} quotes in policy_json, and not {} ones",
            quotes_name(quotes),
            quotes_name(other_quotes(quotes))
        );
        (code, summary, reason(refused))
    };
    match (facts.quotes(configured), facts.quotes(other)) {
        (Taken::No(answer), _) => {
            let (code, summary, detail) = only(other, answer);
            let name = quotes_name(other);
            Finding::problem(Step::Trial, code, summary)
                .detail(detail)
                .fix(format!(
                    "Set policy_json_quotes = \"{name}\" in compatibility, or \
                     ISALES_POLICY_JSON_QUOTES={name}."
                ))
        }
        (_, Taken::No(answer)) => {
            let (code, summary, detail) = only(configured, answer);
            Finding::ok(Step::Trial, code, summary).detail(detail)
        }
        (Taken::Yes, Taken::Yes) => Finding::ok(
            Step::Trial,
            "quotes_both_taken",
            "the server takes single and double quotes in policy_json",
        ),
        _ => Finding::notice(
            Step::Trial,
            "quotes_unknown",
            "it is not known which quotes the server takes in policy_json",
        ),
    }
}

/// Returns the finding about the layout, if any form could show it.
fn layout(facts: &Facts) -> Option<Finding> {
    let mut refusals = Vec::new();
    let mut known = Vec::new();
    for (policy_type, name) in [
        (PolicyType::Global, "global"),
        (PolicyType::NumberType, "per number type"),
    ] {
        let mut taken = Vec::new();
        for layout in [Layout::Flat, Layout::Nested] {
            match facts.layout(policy_type, layout) {
                Taken::Yes => taken.push(layout.name()),
                Taken::No(answer) => {
                    refusals.push(format!("{}, {name}: {}", layout.name(), reason(answer)));
                }
                Taken::Unknown => {}
            }
        }
        if !taken.is_empty() {
            known.push(format!("{name}: {}", taken.join(" and ")));
        }
    }
    if known.is_empty() {
        return None;
    }
    let summary = format!("the server takes common policies ({})", known.join("; "));
    let configured = facts.configured().common_policy_layout;
    let finding = match facts.best_layout() {
        None => Finding::notice(Step::Trial, "layout_differs", summary).fix(
            "No common_policy_layout suits both: use one provider block for global policies and \
             another for policies per number type.",
        ),
        Some(best) if best == configured => Finding::ok(Step::Trial, "layout_taken", summary),
        Some(best) => {
            let name = layout_setting_name(best);
            Finding::problem(Step::Trial, layout_code(best), only(best)).fix(format!(
                "Set common_policy_layout = \"{name}\" in compatibility, or \
                 ISALES_COMMON_POLICY_LAYOUT={name}."
            ))
        }
    };
    Some(finding.details(refusals))
}

const fn only(layout: CommonPolicyLayout) -> &'static str {
    match layout {
        CommonPolicyLayout::Auto => {
            "the server takes common policies flat only in global policies, and nested only (under \
             policy) in policies per number type"
        }
        CommonPolicyLayout::Flat => {
            "the server takes common policies flat only, not nested (under policy)"
        }
        CommonPolicyLayout::Nested => {
            "the server takes common policies nested only (under policy), not flat"
        }
    }
}

const fn layout_code(layout: CommonPolicyLayout) -> &'static str {
    match layout {
        CommonPolicyLayout::Auto => "layout_auto_only",
        CommonPolicyLayout::Flat => "layout_flat_only",
        CommonPolicyLayout::Nested => "layout_nested_only",
    }
}

fn form(form: Form, known: &Answered) -> Finding {
    let sent = format!("sent: {}", described(&known.sent));
    match &known.answer {
        Answer::Kept(_) => Finding::ok(
            Step::Trial,
            "form_kept",
            format!("{form} is taken and kept"),
        ),
        Answer::KeptOther(kept) => {
            let kept = match kept {
                Some(kept) => described(kept),
                None => "no policy".to_owned(),
            };
            Finding::notice(
                Step::Trial,
                "form_kept_otherwise",
                format!("{form} is accepted, but the server keeps something else"),
            )
            .detail(sent)
            .detail(format!("kept: {kept}"))
            .fix(
                "Write policies as the server keeps them, or Terraform reports an error after each. If \
                 somebody else has set that policy during the trial, set it again: it is not what the \
                 campaign had before.",
            )
        }
        Answer::Refused(refusal) => Finding::notice(
            Step::Trial,
            "form_refused",
            format!("{form} is refused with code {}", refusal.code),
        )
        .detail(sent)
        .detail(refusal.reason.clone()),
        Answer::NotShown(waited) => Finding::problem(
            Step::Trial,
            "form_not_shown",
            format!(
                "{form} is accepted, but did not show within {}",
                seconds(*waited)
            ),
        )
        .detail(sent),
        Answer::Unreadable(reason) => Finding::problem(
            Step::Trial,
            "form_unreadable",
            format!("{form} is accepted, but the server shows it in a form that cannot be read"),
        )
        .detail(sent)
        .detail(reason.clone())
        .fix("Send a report (--report) to the authors of the provider."),
        Answer::Failed(reason) => Finding::problem(
            Step::Trial,
            "form_failed",
            format!("{form} could not be tried"),
        )
        .detail(reason.clone()),
        Answer::Gone => Finding::skipped(Step::Trial, "the campaign does not exist any more"),
    }
}

fn not_asked(form: Form, material: &Material, notes: &[String]) -> String {
    if material.suffices_for(form) {
        return format!("{form} was not tried, because the trial ended before that");
    }
    let missing = if form == Form::GlobalCodes {
        "call results"
    } else {
        "number types"
    };
    let note = notes.iter().find(|note| note.contains(missing));
    format!(
        "{form} was not tried. {}",
        note.map_or("The server offers nothing for it.", String::as_str)
    )
}

fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{} s", time.as_millis().div_ceil(100) as f64 / 10.0)
    }
}
