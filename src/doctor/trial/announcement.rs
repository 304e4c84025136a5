//! What is said before a trial, and why there is none.

use std::io;

use isales_client::{CampaignRef, retry_policy::equivalent};

use super::{findings::described, preflight::Ready, undo::WayBack, write::Seen};
use crate::doctor::{
    command_line::WriteOptions,
    finding::{Finding, Step},
    session::Session,
};

/// Says what is about to happen.
pub(super) fn text(options: &WriteOptions, ready: &Ready) -> String {
    let campaign = options.campaign;
    let use_of_policies = if ready.is_suspended {
        "It is suspended now. If it is resumed meanwhile, it may use one of them for seconds."
    } else {
        "It is not known to be suspended: if it runs, it may use one of them for seconds."
    };
    let end = if ready.goal.is_original {
        "then the one that is there is put back"
    } else {
        "and one of them stays, because the campaign has none now and the API cannot take it away"
    };
    format!(
        "\nAbout to set retry policies on campaign {campaign}, about ten one after the other, and to \
         read each back; {end}.\n{use_of_policies}\nCampaigns are not created, started or stopped."
    )
}

/// Asks for consent.
pub(super) fn question(campaign: CampaignRef) -> String {
    format!("\nType {campaign} and press Enter to begin, or anything else to end:")
}

/// Says why there is no trial: the user does not want one.
pub(super) fn declined(campaign: CampaignRef) -> Box<Finding> {
    let reason = "not begun, because it was not confirmed. No policy was set";
    let finding = Finding::problem(Step::Trial, "not_confirmed", reason);
    Box::new(finding.fix(format!("Run again, and type {campaign} or add --yes.")))
}

/// Says why there is no trial: the user has ended the command.
pub(super) fn not_begun() -> Box<Finding> {
    let reason = "not begun, because it was not confirmed. No policy was set";
    Box::new(Finding::skipped(Step::Trial, reason))
}

/// Says once more how to put the policy back, to people and to programs.
pub(super) fn remind(session: &mut Session, way_back: &WayBack) {
    let (Some(reminder), Some(path)) = (way_back.reminder(), way_back.path()) else {
        return;
    };
    let path = path.display().to_string();
    session.way_back.insert("undo_file".to_owned(), path.into());
    let command = way_back.command().into();
    session.way_back.insert("undo_command".to_owned(), command);
    session.say(&reminder);
}

/// Says why there is no trial: the answer cannot be read.
pub(super) fn no_answer(error: &io::Error) -> Box<Finding> {
    let reason = format!("not begun: the answer cannot be read: {error}. No policy was set");
    let finding = Finding::problem(Step::Trial, "answer_unreadable", reason);
    Box::new(finding.fix("Add --yes if you have confirmed already."))
}

/// Says that the file is of no use any more.
pub(super) fn file_left(way_back: &WayBack, error: &io::Error) -> Finding {
    let summary = format!("the file that undoes the trial cannot be removed: {error}");
    Finding::notice(Step::Trial, "undo_file_left", summary)
        .details(way_back.path().map(|path| path.display().to_string()))
        .fix("Delete it: the policy is back.")
}

/// Says that a POST without a reply may still arrive, so that the file is kept.
pub(super) fn open_post(way_back: &WayBack) -> Finding {
    let summary = "a request had no reply: a gateway that still holds it could hand it on later";
    Finding::notice(Step::Trial, "post_without_reply", summary)
        .details(way_back.path().map(|path| path.display().to_string()))
        .fix(
            "Look at the policy again in some minutes. If it is another one, run doctor --undo with \
             this file; else delete the file.",
        )
}

/// Says which policy is about to be put back, and which one it takes the place of.
pub(super) fn undoing(way_back: &WayBack, shown: &Seen) -> String {
    let undo = way_back.undo();
    let replaced = match shown {
        Seen::Policy(Some(policy)) if !equivalent(policy, &undo.policy) => format!(
            "\nIt takes the place of the one that is there now:\n  {}\n",
            described(policy)
        ),
        _ => String::new(),
    };
    format!(
        "\nPutting back the policy that campaign {} had at {}:\n  {}\n{replaced}",
        undo.campaign,
        undo.written,
        described(&undo.policy)
    )
}
