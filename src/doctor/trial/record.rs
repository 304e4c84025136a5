//! The results of a trial for programs and for the report. It has no value of the campaign, so that it
//! can be sent to others.

use std::time::Duration;

use isales_client::retry_policy::CommonPolicyLayout;
use serde_json::{Value, json};

use super::{
    course::{End, Trial},
    facts::Facts,
    form::{Answered, Form, Layout, layout_setting_name, quotes_name},
    write::{Answer, Lag},
};

/// Returns what a trial has found out.
pub(super) fn record(trial: &Trial) -> Value {
    let facts = trial.facts();
    let answers: Vec<_> = facts.answered.iter().map(answer).collect();
    json!({
        "lag": facts.lag().map(lag),
        "answers": answers,
        "end": end(trial.end()),
        "recommended": recommended(facts),
    })
}

/// Returns how an undo has ended, in the same form. It asks nothing.
pub(super) fn undone(trial: &Trial) -> Value {
    json!({
        "lag": null,
        "answers": [],
        "end": end(trial.end()),
        "recommended": null,
    })
}

fn recommended(facts: &Facts) -> Value {
    json!({
        "policy_json_quotes": quotes_name(facts.best_quotes()),
        "common_policy_layout": facts.best_layout().map(|layout: CommonPolicyLayout| layout_setting_name(layout)),
    })
}

/// Returns the lag that a server most likely has, in milliseconds: between the last read that did not
/// show a write and the first that did. A simulator with it shows writes to the same reads.
pub(super) fn likely(lag: Lag) -> Value {
    if lag.over.is_zero() {
        return Value::from(0);
    }
    milliseconds((lag.over + lag.within) / 2)
}

fn lag(lag: Lag) -> Value {
    json!({
        "over_ms": milliseconds(lag.over),
        "within_ms": milliseconds(lag.within),
        "flipped": lag.flipped,
    })
}

fn milliseconds(time: Duration) -> Value {
    Value::from(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

fn answer(known: &Answered) -> Value {
    let question = known.question;
    let (name, code) = match &known.answer {
        Answer::Kept(_) => ("kept", None),
        Answer::KeptOther(_) => ("kept_otherwise", None),
        Answer::Refused(refusal) => ("refused", Some(&refusal.code)),
        Answer::NotShown(_) => ("not_shown", None),
        Answer::Unreadable(_) => ("unreadable", None),
        Answer::Failed(_) => ("failed", None),
        Answer::Gone => ("gone", None),
    };
    json!({
        // The first is about the policy that the campaign had.
        "form": question.form.map_or("present", Form::name),
        "policy_type": question.policy_type.number(),
        "quotes": quotes_name(question.writing.quotes),
        "layout": question.writing.layout.map(Layout::name),
        "answer": name,
        "code": code,
    })
}

const fn end(end: Option<&End>) -> &'static str {
    match end {
        Some(End::Back) => "back",
        Some(End::Undisturbed) => "untouched",
        Some(End::Unverified) => "unverified",
        Some(End::NotBack(_)) | None => "not_back",
        Some(End::Gone) => "gone",
    }
}
