//! `doctor --write`: sets policies on a campaign that the user names, to find out what the server
//! takes and keeps, and puts back what was there. `doctor --undo` puts back what a trial could not.
//!
//! All decisions are in [`course`], which knows no server and no clock.

mod announcement;
mod confirm;
mod course;
mod driver;
mod facts;
mod findings;
mod form;
mod hcl;
mod material;
mod pace;
mod preflight;
mod record;
mod undo;
mod undoing;
mod write;

use std::{collections::BTreeSet, path::absolute};

use isales_client::{
    CampaignRef, Client,
    retry_policy::unread_members,
    sign::{Timestamp, TimestampPrecision},
};
use serde_json::Value;

use self::{
    course::{End, Trial},
    driver::{Driven, drive},
    facts::Facts,
    form::{layout_setting_name, quotes_name},
    pace::Pace,
    preflight::Ready,
    undo::{Undo, UndoFile, WayBack},
    write::Action,
};
pub(super) use self::{
    driver::Signals,
    undoing::{UndoRead, read_undo, undo},
};
use super::{
    command_line::WriteOptions,
    finding::{Finding, Step},
    provider_block::Setting,
    session::{Session, Target},
};
use crate::configuration::Argument;

/// Runs a trial, if the campaign is fit for it and the user consents.
pub(super) async fn run(
    session: &mut Session,
    target: &Target,
    options: &WriteOptions,
    signals: &Signals,
) {
    session.begin(Step::Trial);
    let prepared = prepare(session, target, options, signals).await;
    let Prepared {
        client,
        pace,
        ready,
        way_back,
        mut file,
    } = match prepared {
        Ok(prepared) => prepared,
        Err(finding) => return session.report(*finding),
    };
    let encoding = target.config.compatibility.encoding();
    let mut trial = Trial::new(ready.goal, ready.material, encoding, pace);
    follow(session, &mut trial, &client, options.campaign, signals).await;
    recommend(session, trial.facts());
    if let Some(lag) = trial.facts().lag() {
        session.facts.insert("lag_ms", record::likely(lag));
    }
    session.facts.insert("trial", record::record(&trial));
    for finding in findings::about_server(&trial, &ready.notes) {
        session.report(finding);
    }
    if trial.end() == Some(&End::Back) && !ready.unread.is_empty() {
        let found = lost_members(session, &client, options.campaign, &ready.unread, signals);
        let found = found.await;
        if found.code != findings::MEMBERS_KEPT {
            // The file has what they were.
            file = None;
        }
        session.report(found);
    }
    if trial.end() == Some(&End::Back) && trial.has_open_post() && file.is_some() {
        file = None;
        session.report(announcement::open_post(&way_back));
    }
    end(session, &trial, &way_back.written_as(trial.proven()), file);
}

/// All that a trial needs.
struct Prepared {
    client: Client,
    pace: Pace,
    ready: Ready,
    way_back: WayBack,
    file: Option<UndoFile>,
}

/// Looks at the campaign, asks the user, and writes down what was there. Nothing is set yet.
async fn prepare(
    session: &mut Session,
    target: &Target,
    options: &WriteOptions,
    signals: &Signals,
) -> Result<Prepared, Box<Finding>> {
    let client = target.client()?;
    let pace = Pace::new(options.pause, &target.config.endpoint)?;
    let examined = preflight::examine(&client, &session.recorder, options, &signals.stop).await;
    if signals.stop.is_cancelled() {
        return Err(announcement::not_begun());
    }
    let ready = examined?;
    session.say(&announcement::text(options, &ready));
    if !options.yes {
        session.say(&announcement::question(options.campaign));
        match confirm::is_typed(options.campaign, &signals.stop).await {
            Ok(true) => {}
            Ok(false) if signals.stop.is_cancelled() => return Err(announcement::not_begun()),
            Ok(false) => return Err(announcement::declined(options.campaign)),
            Err(error) => return Err(announcement::no_answer(&error)),
        }
        // The question may have stood for hours.
        preflight::check_unchanged(&client, options.campaign, &ready.goal, &signals.stop).await?;
    }
    let undo = Undo {
        endpoint: target.config.endpoint.to_string(),
        campaign: options.campaign,
        policy: ready.goal.policy.clone(),
        written: Timestamp::new(target.clock.now(), TimestampPrecision::Seconds).to_string(),
        shown: ready.shown.clone(),
        encoding: target.config.compatibility.encoding(),
    };
    // Without a policy, there is nothing to put back.
    let path = ready
        .goal
        .is_original
        .then(|| undo.path(options.undo_file.as_deref()));
    let path = path.map(|path| absolute(&path).unwrap_or(path));
    let way_back = WayBack::new(undo, path, &session.options);
    let file = way_back.create_file()?;
    session.say(&way_back.text());
    Ok(Prepared {
        client,
        pace,
        ready,
        way_back,
        file,
    })
}

/// Follows a trial to its end, and shows how far it has come.
async fn follow(
    session: &mut Session,
    trial: &mut Trial,
    client: &Client,
    campaign: CampaignRef,
    signals: &Signals,
) -> Driven {
    let mut last = String::new();
    let progress = |trial: &Trial, action: &Action| {
        let text = match trial.question() {
            _ if *action == Action::End => return,
            _ if trial.is_putting_back() => "putting back what was there".to_owned(),
            Some((form, writing)) => format!("{form}, {writing}"),
            None => "setting the policy that is there".to_owned(),
        };
        if text != last {
            session.progress(Step::Trial, &text);
            last = text;
        }
    };
    drive(trial, client, campaign, signals, progress).await
}

/// Puts what the server takes into the provider block, where that differs from what is configured.
fn recommend(session: &mut Session, facts: &Facts) {
    let comment = || Some("Found by doctor --write.".to_owned());
    // The first answer is about the policy that the campaign had.
    if facts.answered.len() > 1 {
        session.block.drop_suggestions();
    }
    let configured = facts.configured();
    let quotes = facts.best_quotes();
    if quotes != configured.quotes {
        session.block.set(
            Argument::compatibility("policy_json_quotes"),
            Setting::Value(Value::from(quotes_name(quotes))),
            comment(),
        );
    }
    if let Some(layout) = facts.best_layout()
        && layout != configured.common_policy_layout
    {
        session.block.set(
            Argument::compatibility("common_policy_layout"),
            Setting::Value(Value::from(layout_setting_name(layout))),
            comment(),
        );
    }
}

/// Looks for what the user was ready to lose.
async fn lost_members(
    session: &Session,
    client: &Client,
    campaign: CampaignRef,
    unread: &BTreeSet<String>,
    signals: &Signals,
) -> Finding {
    let mark = session.recorder.mark();
    driver::read(client, campaign, &signals.abort).await;
    let reply = preflight::last_reply(&session.recorder.since(mark));
    findings::about_members(unread, reply.as_ref().map(unread_members).as_ref())
}

/// Reports the end. Where it is left to the user to put the policy back, says once more how.
fn end(session: &mut Session, trial: &Trial, way_back: &WayBack, file: Option<UndoFile>) {
    for finding in findings::about_end(trial) {
        session.report(finding);
    }
    let is_left_to_user = match trial.end() {
        Some(End::Back) => !trial.goal().is_original,
        Some(End::Undisturbed | End::Gone) => false,
        Some(End::Unverified | End::NotBack(_)) | None => true,
    };
    if is_left_to_user {
        announcement::remind(session, way_back);
        return;
    }
    if let Some(Err(error)) = file.map(UndoFile::remove) {
        session.report(announcement::file_left(way_back, &error));
    }
}
