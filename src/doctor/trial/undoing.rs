//! `doctor --undo`: puts back what the file of a trial says. It may be run any number of times.

use std::{fs, io, path::Path};

use super::{
    announcement,
    course::{End, Trial},
    driver::{self, Signals, drive},
    findings,
    pace::Pace,
    record,
    undo::{Undo, WayBack},
};
use crate::{
    configuration::{Argument, Environment},
    doctor::{
        command_line::{Given, Options, UNDO, UndoOptions},
        finding::{Finding, Step},
        session::{Session, Target},
    },
};

/// The options of an undo, and what the file says, or why it cannot be used.
pub(in crate::doctor) struct UndoRead {
    options: UndoOptions,
    file: Result<Undo, Box<Finding>>,
}

/// Reads the file to undo, if there is one, and takes the server and the VDN from it where they are not
/// set otherwise.
pub(in crate::doctor) fn read_undo(
    options: &mut Options,
    environment: &Environment,
) -> Option<UndoRead> {
    let undo = options.undo.clone()?;
    let file = read(&undo.file);
    if let Ok(file) = &file {
        complete(options, environment, file);
    }
    Some(UndoRead {
        options: undo,
        file,
    })
}

fn complete(options: &mut Options, environment: &Environment, undo: &Undo) {
    for (name, value) in [
        ("endpoint", undo.endpoint.clone()),
        ("vdn_id", undo.campaign.vdn_id.to_string()),
    ] {
        let variable = Argument::new(name).variable();
        if environment(&variable).is_none_or(|value| value.is_empty()) {
            let flag = format!("--{UNDO}");
            let given = options.settings.entry(variable);
            given.or_insert(Given { flag, value });
        }
    }
}

/// Puts back what the file says.
pub(in crate::doctor) async fn undo(
    session: &mut Session,
    target: &Target,
    undo: UndoRead,
    signals: &Signals,
) {
    session.begin(Step::Trial);
    if let Err(finding) = try_to_undo(session, target, undo, signals).await {
        session.report(*finding);
    }
}

async fn try_to_undo(
    session: &mut Session,
    target: &Target,
    UndoRead { options, file }: UndoRead,
    signals: &Signals,
) -> Result<(), Box<Finding>> {
    let undo = Undo {
        encoding: target.config.compatibility.encoding(),
        ..file?
    };
    let endpoint = target.config.endpoint.to_string();
    if undo.endpoint != endpoint {
        let summary = format!("the file is for {}, not for {endpoint}", undo.endpoint);
        let finding = Finding::problem(Step::Trial, "undo_of_other_server", summary);
        let fix = format!("Set ISALES_ENDPOINT or --endpoint to {}.", undo.endpoint);
        return Err(Box::new(finding.fix(fix)));
    }
    let client = target.client()?;
    let pace = Pace::new(options.pause, &target.config.endpoint)?;
    let campaign = undo.campaign;
    let shown = driver::read(&client, campaign, &signals.stop).await;
    let mut trial = Trial::undo(undo.policy.clone(), &shown, undo.encoding, pace);
    let way_back = WayBack::new(undo, Some(options.file.clone()), &session.options);
    session.say(&announcement::undoing(&way_back, &shown));
    let mut ignore = |_: &Trial, _: &_| {};
    drive(&mut trial, &client, campaign, signals, &mut ignore).await;
    for finding in findings::about_end(&trial) {
        session.report(finding);
    }
    session.facts.insert("trial", record::undone(&trial));
    match trial.end() {
        Some(End::Back | End::Undisturbed) => session.say(&format!(
            "The file {} has served its purpose and can be deleted.",
            options.file.display()
        )),
        Some(End::Gone) => {}
        Some(End::Unverified | End::NotBack(_)) | None => announcement::remind(session, &way_back),
    }
    Ok(())
}

fn read(path: &Path) -> Result<Undo, Box<Finding>> {
    let text = text(path).map_err(|error| error.to_string());
    let undo = text.and_then(|text| Undo::parse(&text).map_err(|error| error.to_string()));
    undo.map_err(|reason| {
        let summary = format!("{} cannot be used: {reason}", path.display());
        let finding = Finding::problem(Step::Trial, "undo_file_unreadable", summary);
        Box::new(finding.fix("Name the file that a trial has written."))
    })
}

/// Reads a file. A named pipe would keep the process until somebody writes to it.
fn text(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    fs::read_to_string(path)
}
