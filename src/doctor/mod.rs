//! `terraform-provider-isales doctor`: finds out, step by step, whether the provider can work with a
//! server, and ends with the provider block for it.

mod advice;
mod clock;
mod command_line;
mod environment;
mod finding;
mod help;
mod output;
mod provider_block;
mod recorder;
mod report;
mod session;
mod steps;
mod trial;

use std::{
    ffi::OsString,
    fmt::Display,
    io::{IsTerminal as _, Write as _, stderr, stdin, stdout},
    process::ExitCode,
    sync::Arc,
};

use isales_client::clock::SystemClock;
use tokio::runtime;
use tokio_util::sync::CancellationToken;

pub(crate) use self::advice::{advice, advice_to_write};
use self::{
    command_line::{ColorChoice, Format, Options, Request},
    finding::{Finding, Step},
    output::{JsonOutput, LinesOutput, Output},
    report::{Report, ReportFile},
    session::{Session, Target},
    steps::signature::FirstList,
    trial::{Signals, UndoRead},
};
use crate::configuration::Environment;

/// The command, and a sentence about it for `--help`.
pub const COMMAND: (&str, &str) = (
    "doctor",
    "Find out whether the provider can work with a server; see doctor --help.",
);

/// There is nothing to fix.
const HEALTHY: u8 = 0;
/// There is something to fix, or not everything could be examined.
const SOMETHING_TO_FIX: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;

/// Runs the command with the arguments that follow its name, and returns its exit status. `program` is
/// what the user has called.
pub fn run(
    program: OsString,
    arguments: impl IntoIterator<Item = OsString>,
    environment: Environment,
) -> ExitCode {
    let options = match command_line::parse(arguments) {
        Ok(Request::Run(options)) if options.has_to_ask() && !stdin().is_terminal() => {
            return usage(NOBODY_TO_ASK);
        }
        Ok(Request::Run(options)) => Options {
            program: program.to_string_lossy().into_owned(),
            ..*options
        },
        Ok(Request::Help) => {
            let written = stdout().write_all(help::TEXT.as_bytes());
            return ExitCode::from(if written.is_ok() {
                HEALTHY
            } else {
                SOMETHING_TO_FIX
            });
        }
        Err(error) => return usage(error),
    };
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _written = writeln!(stderr(), "The async runtime could not be started: {error}.");
            return ExitCode::from(SOMETHING_TO_FIX);
        }
    };
    let status = runtime.block_on(diagnose(options, environment));
    // A name that is still being looked up does not delay the end.
    runtime.shutdown_background();
    ExitCode::from(status)
}

const NOBODY_TO_ASK: &str = "--write asks before it begins, but standard input is not a terminal. Add \
     --yes if the campaign may be written to";

/// Says what is wrong with the command line.
fn usage(error: impl Display) -> ExitCode {
    let error = error.to_string();
    let error = error.trim_end_matches('.');
    // An error while writing to standard error has nowhere to go.
    let _written = writeln!(
        stderr(),
        "{error}. Run terraform-provider-isales doctor --help for usage."
    );
    ExitCode::from(USAGE)
}

async fn diagnose(mut options: Options, environment: Environment) -> u8 {
    // Before the first request: a run that takes a minute does not end without its report.
    let report = options.report.as_deref().map(ReportFile::create);
    let report = match report.transpose() {
        Ok(report) => report,
        Err(error) => return complain(&error, USAGE),
    };
    let cancel = CancellationToken::new();
    let signals = Signals {
        stop: cancel.clone(),
        abort: CancellationToken::new(),
    };
    tokio::spawn(cancel_on_signal(signals.clone()));
    let undo = trial::read_undo(&mut options, &environment);
    let output = open_output(&options, &environment);
    let secret_key = options
        .secret_key_file
        .as_deref()
        .map(environment::read_secret_key)
        .transpose();
    let settings = options.settings.clone();
    let mut session = Session::new(std::mem::take(&mut options), output, cancel.clone());
    let mut secrets = Vec::new();
    match secret_key {
        Err(error) => session.report(unreadable_secret_key(&error)),
        Ok(secret_key) => {
            let environment = environment::overlay(settings, secret_key, environment);
            treat(&mut session, &environment, &signals, undo).await;
            secrets = report::secrets(&environment);
        }
    }
    if let Some(file) = report {
        let report = Report {
            findings: &session.findings,
            exchanges: &session.recorder.all(),
            facts: &session.facts,
            secrets: &secrets,
        };
        let text = report.text(&mut fastrand::Rng::new());
        match file.write(&text) {
            Ok(path) => session.say(&format!("The report is in {}.", path.display())),
            Err(error) => return complain(&error, SOMETHING_TO_FIX),
        }
    }
    let is_complete = !cancel.is_cancelled() && !session.has_problems();
    match session.end() {
        Ok(()) if is_complete => HEALTHY,
        Ok(()) => SOMETHING_TO_FIX,
        Err(error) => complain(
            &format_args!("the findings could not be written: {error}"),
            SOMETHING_TO_FIX,
        ),
    }
}

/// Says on standard error why the run fails. Returns its exit status.
fn complain(reason: &dyn Display, status: u8) -> u8 {
    // An error while writing to standard error has nowhere to go.
    let _written = writeln!(stderr(), "doctor: {reason}.");
    status
}

/// Does what the command line asks for.
async fn treat(
    session: &mut Session,
    environment: &Environment,
    signals: &Signals,
    undo: Option<UndoRead>,
) {
    if let Some(undo) = undo {
        let clock = Arc::new(SystemClock);
        if let Some(mut target) = steps::settings::run(session, environment, clock).await {
            // The trial may have found how requests have to be signed in this way as well.
            let signature = steps::signature::run(session, &mut target);
            signals.stop.run_until_cancelled(signature).await;
            trial::undo(session, &target, undo, signals).await;
        }
        return;
    }
    // Nothing that only reads has to be tidied up.
    let target = signals
        .stop
        .run_until_cancelled(examine(session, environment))
        .await
        .flatten();
    if signals.stop.is_cancelled() {
        session.skip_rest(Finding::INTERRUPTED);
    }
    match (session.options.write.clone(), target) {
        (Some(options), Some(target)) => trial::run(session, &target, &options, signals).await,
        (Some(_), None) => session.skip(&[Step::Trial], "a step before it did not succeed"),
        (None, _) => {}
    }
}

/// Runs the steps that only read. Returns the server to write to, if it can be reached.
async fn examine(session: &mut Session, environment: &Environment) -> Option<Target> {
    let Some(mut target) = steps::settings::run(session, environment, Arc::new(SystemClock)).await
    else {
        session.skip_rest("the settings cannot be used");
        return None;
    };
    let Some(stream) = steps::network::run(session, &target, environment).await else {
        session.skip_rest("there is no connection to the server");
        return None;
    };
    let handshake = if target.config.endpoint.is_https() {
        let Some(took) = steps::tls::run(session, &target, stream).await else {
            session.skip_rest("there is no trusted connection to the server");
            return None;
        };
        Some(took)
    } else {
        session.skip(&[Step::Tls], "endpoint starts with http://");
        None
    };
    let Some(list) = steps::signature::run(session, &mut target).await else {
        session.skip_rest("no request has succeeded");
        return None;
    };
    examine_vdn(session, &mut target, list).await;
    steps::content_type::run(session);
    steps::round_trip::run(session, handshake);
    Some(target)
}

/// The steps that ask for something of a VDN.
const OF_A_VDN: &[Step] = &[
    Step::Campaigns,
    Step::Query,
    Step::Policies,
    Step::Permissions,
];

/// Runs the steps that need a VDN.
async fn examine_vdn(session: &mut Session, target: &mut Target, list: FirstList) {
    let known = match steps::campaigns::run(session, target, list).await {
        Ok(known) => known,
        Err(reason) => return session.skip(OF_A_VDN, reason),
    };
    let client = match target.client() {
        Ok(client) => client,
        Err(finding) => return session.report(*finding),
    };
    if !steps::policies::run(session, &client, &known).await {
        session.skip(&[Step::Permissions], "the policies could not be read");
        return;
    }
    let answers = steps::permissions::run(session, target, &client, &known).await;
    if answers && session.options.measure {
        steps::concurrency::run(session, target, known.vdn_id).await;
    }
}

fn unreadable_secret_key(error: &std::io::Error) -> Finding {
    Finding::problem(
        Step::Settings,
        "secret_key_file_unreadable",
        format!("the file with the secret key cannot be read: {error}"),
    )
    .fix("Check the path after --secret-key-file and its permissions, or set ISALES_SECRET_KEY.")
}

fn open_output(options: &Options, environment: &Environment) -> Output {
    match options.format {
        Format::Json => Output::Json(JsonOutput {
            out: Box::new(stdout()),
            side: Box::new(stderr()),
        }),
        Format::Lines => {
            let is_terminal = stdout().is_terminal();
            let is_set = |name| environment(name).is_some_and(|value| !value.is_empty());
            let has_color = match options.color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => is_terminal && !is_set("NO_COLOR"),
            };
            let is_watched = is_terminal && environment("TERM").as_deref() != Some("dumb");
            Output::Lines(LinesOutput::new(Box::new(stdout()), has_color, is_watched))
        }
    }
}

/// Cancels when the user or the system asks the process to end: in order at first, then at once.
async fn cancel_on_signal(signals: Signals) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = (
            signal(SignalKind::interrupt()),
            signal(SignalKind::terminate()),
            signal(SignalKind::hangup()),
        ) else {
            return;
        };
        for token in [&signals.stop, &signals.abort] {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                // The terminal is gone.
                _ = hangup.recv() => {}
            }
            token.cancel();
        }
    }
    #[cfg(not(unix))]
    for token in [&signals.stop, &signals.abort] {
        if tokio::signal::ctrl_c().await.is_err() {
            return;
        }
        token.cancel();
    }
}
