//! The findings about the end of a trial.

use std::collections::BTreeSet;

use super::{described, difference::difference, reason};
use crate::doctor::{
    finding::{Finding, Step},
    trial::{
        course::{End, Stop, Trial},
        facts::Facts,
        write::Answer,
    },
};

/// Returns the findings about the end of the trial.
pub(in crate::doctor::trial) fn about_end(trial: &Trial) -> Vec<Finding> {
    let goal = trial.goal();
    let policy = described(&goal.policy);
    let stop = trial.stop().map(|stop| stopped(stop, trial.facts()));
    let end = match trial.end() {
        Some(End::Back) if goal.is_original => Finding::ok(
            Step::Trial,
            "policy_back",
            "the campaign has the policy that it had before",
        )
        .detail(policy),
        Some(End::Undisturbed) if goal.is_original => Finding::ok(
            Step::Trial,
            "policy_untouched",
            "the campaign has the policy that it had before, and no other was set",
        ),
        Some(End::Undisturbed) => Finding::ok(
            Step::Trial,
            "policy_untouched",
            "no policy was set on the campaign",
        ),
        Some(End::Back) => Finding::notice(
            Step::Trial,
            "policy_left",
            "the campaign keeps a policy of the trial, as it had none before",
        )
        .detail(policy)
        .fix(
            "Set another one with the resource block above, changed as you like, or in the console; \
             suspend the campaign as long as it should not use any.",
        ),
        Some(End::Gone) => Finding::problem(
            Step::Trial,
            "campaign_gone",
            "the campaign does not exist any more, so that nothing could be put back",
        ),
        Some(End::Unverified) => unverified(goal.is_original),
        // Why it is not back has been said.
        Some(End::NotBack(_)) if trial.stop() == Some(&Stop::GoalNotKept) => {
            return stop.into_iter().collect();
        }
        Some(End::NotBack(reason)) => not_back(reason, goal.is_original),
        None => not_back("interrupted before the policy was put back", goal.is_original),
    };
    stop.into_iter().chain([end]).collect()
}

fn unverified(is_original: bool) -> Finding {
    let finding = Finding::problem(
        Step::Trial,
        "policy_not_verified",
        "the policy was sent back, but that cannot be verified: the server still shows what it showed \
         before",
    );
    finding.fix(if is_original {
        "Wait until the server shows new policies, then run the command below, and look at the policy \
         in the console of CC-iSales."
    } else {
        "Wait until the server shows new policies, then look at the policy in the console of CC-iSales."
    })
}

fn not_back(reason: &str, is_original: bool) -> Finding {
    let finding = Finding::problem(
        Step::Trial,
        "policy_not_back",
        format!("the policy of the campaign is not back, or not certain to be: {reason}"),
    );
    finding.fix(if is_original {
        "Run the command below, or set the policy in the console of CC-iSales."
    } else {
        "Set a policy with the resource block above, or in the console of CC-iSales."
    })
}

fn stopped(stop: &Stop, facts: &Facts) -> Finding {
    match stop {
        Stop::Interrupted => Finding::notice(
            Step::Trial,
            "trial_interrupted",
            "the trial was interrupted before all was tried",
        ),
        Stop::GoalRefused => Finding::problem(
            Step::Trial,
            "policy_refused",
            "the server refuses the policy that it shows, in every form, so no other was tried",
        )
        .details(answers(facts))
        .fix("Look up the code, or name another campaign."),
        Stop::GoalNotKept => Finding::problem(
            Step::Trial,
            "policy_not_kept",
            format!(
                "the server accepted the policy of the campaign and stored another one ({}), so no other \
                 was tried",
                replaced(facts)
            ),
        )
        .details(answers(facts))
        .fix(
            "Set the policy in the console of CC-iSales: Terraform cannot keep a policy that the server \
             changes.",
        ),
        Stop::NotShown(waited) => Finding::problem(
            Step::Trial,
            "write_not_shown",
            format!(
                "a policy that the server accepted did not show within {} s, so no other was tried",
                waited.as_secs()
            ),
        )
        .fix(
            "Run again later. If it stays so, the server keeps no policy for this campaign, or its \
             reads lag too far for Terraform to verify what it sets.",
        ),
        Stop::Failed(reason) => {
            Finding::problem(Step::Trial, "trial_failed", format!("a request failed: {reason}"))
                .fix("Fix that, and run again.")
        }
    }
}

/// Returns how what was kept differs from what was sent.
fn replaced(facts: &Facts) -> String {
    let kept = facts.answered.iter().find_map(|known| match &known.answer {
        Answer::KeptOther(kept) => Some((&known.sent, kept)),
        _ => None,
    });
    match kept {
        Some((sent, Some(kept))) => difference(sent, kept),
        Some((_, None)) => "no policy at all".to_owned(),
        None => "one that cannot be read".to_owned(),
    }
}

/// Returns a line about each answer.
fn answers(facts: &Facts) -> Vec<String> {
    facts
        .answered
        .iter()
        .map(|known| format!("{}: {}", known.question.writing, reason(&known.answer)))
        .collect()
}

/// The code of the finding that nothing was removed.
pub(in crate::doctor::trial) const MEMBERS_KEPT: &str = "members_kept";

/// Returns the finding about members of the query that a POST cannot set.
pub(in crate::doctor::trial) fn about_members(
    before: &BTreeSet<String>,
    after: Option<&BTreeSet<String>>,
) -> Finding {
    let listed = |names: Vec<&str>| names.join(", ");
    let Some(after) = after else {
        let summary = "it is not known whether the POSTs have removed members of the query";
        return Finding::notice(Step::Trial, "members_unknown", summary);
    };
    let lost: Vec<_> = before.difference(after).map(String::as_str).collect();
    if lost.is_empty() {
        let summary = format!(
            "a POST of a policy leaves {} as {}",
            before
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" and "),
            if before.len() == 1 {
                "it is"
            } else {
                "they are"
            }
        );
        return Finding::ok(Step::Trial, MEMBERS_KEPT, summary);
    }
    let summary = format!("a POST of a policy removes {}", listed(lost));
    Finding::notice(Step::Trial, "members_lost", summary)
        .fix("The file that undoes the trial has the reply with them: set them in the console.")
}
