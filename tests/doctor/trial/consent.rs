//! The user's consent, typed or given in advance.

use std::{
    fs::File,
    io::Write as _,
    process::{Command, Stdio},
};

use nix::pty::openpty;
use test_support::{provider, server::VDN, terraform::Running};

use super::{Bench, CAMPAIGN, Outcome, POSTS, ended, run, server};

/// A trial without `--yes`.
fn asking(bench: &Bench) -> Command {
    let provider = provider::built();
    let mut command = bench.command(provider.to_str().unwrap());
    command.args(["doctor", "--write", "25/46", "--pause=0"]);
    command
}

/// A trial whose user types this.
fn typed(bench: &Bench, answer: &str) -> Outcome {
    typed_after(bench, answer, || {})
}

/// The same, where something happens while the question stands.
fn typed_after(bench: &Bench, answer: &str, meanwhile: impl FnOnce()) -> Outcome {
    let terminal = openpty(None, None).unwrap();
    let mut command = asking(bench);
    command.stdin(Stdio::from(terminal.slave));
    let running = Running::start(command).unwrap();
    running.says("Type 25/46 and press Enter");
    assert_eq!(bench.posts(), 0);
    assert_eq!(bench.files(), [""; 0]);
    meanwhile();
    let mut keyboard = File::from(terminal.master);
    keyboard.write_all(answer.as_bytes()).unwrap();
    ended(running)
}

#[test]
fn the_campaign_has_to_be_typed() {
    let bench = Bench::start(server());
    let trial = typed(&bench, "25/46\n");
    assert_eq!(trial.code, Some(0), "{}", trial.stdout);
    assert_eq!(bench.posts(), POSTS);
    assert!(bench.has_policy_before());
    // It says so before it begins, and how to undo it.
    let asked = trial.stdout.find("Type 25/46").unwrap();
    let warned = trial
        .stdout
        .find("may use one of them for seconds")
        .unwrap();
    let undo = trial.stdout.find("doctor --undo").unwrap();
    assert!(warned < asked && asked < undo, "{}", trial.stdout);
}

#[test]
fn a_policy_that_changes_while_the_question_stands_is_not_lost() {
    const OTHER: &str = "[{'type':0,'retryTimes':7,'retryDay':2}]";
    let bench = Bench::start(server());
    let trial = typed_after(&bench, "25/46\n", || {
        bench.server.set_policy(VDN, CAMPAIGN, 0, OTHER).unwrap();
    });
    assert_eq!(trial.code, Some(1), "{}", trial.stdout);
    assert!(
        trial.stdout.contains("has changed the policy"),
        "{}",
        trial.stdout
    );
    assert_eq!(bench.posts(), 0);
    assert_eq!(bench.files(), [""; 0]);
}

#[test]
fn any_other_answer_ends_it() {
    for answer in ["\n", "yes\n", "25/47\n", "\u{4}"] {
        let bench = Bench::start(server());
        let trial = typed(&bench, answer);
        assert_eq!(trial.code, Some(1), "{}", trial.stdout);
        assert!(
            trial.stdout.contains("because it was not confirmed"),
            "{}",
            trial.stdout
        );
        assert_eq!(bench.posts(), 0);
        assert_eq!(bench.files(), [""; 0]);
    }
}

#[test]
fn without_a_terminal_there_is_nobody_to_ask() {
    let bench = Bench::start(server());
    let trial = run(asking(&bench));
    assert_eq!(trial.code, Some(2));
    assert!(trial.stderr.contains("Add --yes"), "{}", trial.stderr);
    assert_eq!(bench.server.requests().len(), 0);
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    for arguments in [
        &["--pause", "1s"][..],
        &["--write", "25/46", "--pause", "soon"],
        &["--write", "25/46", "--undo", "f"],
        &["--undo", "f", "--yes"],
        &["--may-lose", "busiPolicy"],
    ] {
        let bench = Bench::start(server());
        let provider = provider::built();
        let mut command = bench.command(provider.to_str().unwrap());
        command.arg("doctor").args(arguments);
        assert_eq!(run(command).code, Some(2), "{arguments:?}");
        assert_eq!(bench.server.requests().len(), 0);
    }
}
