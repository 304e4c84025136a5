//! What is shown before the first POST: it is what puts the policy back.

use std::os::unix::fs::PermissionsExt as _;

use isales_simulator::{Hold, Script};
use nix::sys::signal::Signal;
use test_support::terraform::{Running, Workspace};

use super::{Bench, CAMPAIGN, ended, server};
use test_support::server::VDN;

/// A trial that is stopped at its first POST, before the server has read it.
fn at_first_post(bench: &Bench) -> Running {
    bench
        .server
        .script(Script::hold(Hold::BeforeHandled).method("POST"));
    let running = Running::start(bench.trial(&[])).unwrap();
    while bench
        .server
        .requests()
        .iter()
        .all(|request| !request.is_held)
    {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    running
}

#[test]
fn before_the_first_post_it_is_said_and_written_what_undoes_it() {
    let bench = Bench::start(server());
    let running = at_first_post(&bench);
    let document = bench.undo_file();
    let file = bench.folder.path().join(&bench.files()[0]);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    running.signal(Signal::SIGKILL);
    let said = ended(running).stdout;
    for member in [
        &document["command"],
        &document["request"]["uri"],
        &document["request"]["body"],
    ] {
        let text = member.as_str().unwrap();
        assert!(said.contains(text), "not {text} in {said}");
    }
    // The body is ready to send, and the block to apply.
    let body = document["request"]["body"].as_str().unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert!(bench.server.remove_policy(VDN, CAMPAIGN));
    bench
        .server
        .set_policy(VDN, CAMPAIGN, 0, body["policyJson"].as_str().unwrap())
        .unwrap();
    assert!(bench.has_policy_before());

    let block = document["terraform"].as_str().unwrap();
    for line in block.lines() {
        assert!(said.contains(line), "not {line} in {said}");
    }
    assert!(bench.server.remove_policy(VDN, CAMPAIGN));
    let workspace = Workspace::new(&bench.server);
    workspace.write(block);
    workspace.apply().succeeds();
    assert!(bench.has_policy_before());
}

#[test]
fn the_access_key_is_neither_printed_nor_written() {
    let bench = Bench::start(server().lag(std::time::Duration::from_secs(60)));
    let key = format!("--access-key={}", test_support::server::ACCESS_KEY);
    let mut command = bench.trial(&[&key]);
    command.env_remove("ISALES_ACCESS_KEY");
    let running = Running::start(command).unwrap();
    while bench.posts() < 1 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    running.signal(Signal::SIGKILL);
    let said = ended(running).stdout;
    let prerequisite = "Set ISALES_ACCESS_KEY and ISALES_SECRET_KEY as now, then run:";
    assert!(said.contains(prerequisite), "{said}");
    let written = bench.undo_file().to_string();
    for text in [said, written] {
        assert!(!text.contains(test_support::server::ACCESS_KEY), "{text}");
    }
}

#[test]
fn a_second_signal_ends_it_at_once_and_says_what_to_set() {
    let bench = Bench::start(server());
    let running = at_first_post(&bench);
    running.signal(Signal::SIGINT);
    std::thread::sleep(std::time::Duration::from_millis(200));
    running.signal(Signal::SIGTERM);
    let trial = ended(running);
    assert_eq!(trial.code, Some(1), "{}", trial.stdout);
    let command = bench.undo_file()["command"].as_str().unwrap().to_owned();
    assert_eq!(
        trial.stdout.matches(&command).count(),
        2,
        "{}",
        trial.stdout
    );
    assert!(trial.stdout.contains("is not back"), "{}", trial.stdout);
}

#[test]
fn a_second_signal_does_not_wait_for_a_server_whose_reads_lag() {
    let lag = std::time::Duration::from_secs(20);
    let bench = Bench::start(server().lag(lag));
    let running = Running::start(bench.trial(&[])).unwrap();
    while bench.posts() < 2 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    running.signal(Signal::SIGINT);
    // Long enough for the trial to have gone on to put the policy back.
    std::thread::sleep(std::time::Duration::from_millis(500));
    let signaled = std::time::Instant::now();
    running.signal(Signal::SIGINT);
    let trial = ended(running);
    assert!(signaled.elapsed() < lag / 4, "{:?}", signaled.elapsed());
    assert_eq!(trial.code, Some(1), "{}", trial.stdout);
    assert!(trial.stdout.contains("doctor --undo"), "{}", trial.stdout);
    assert_eq!(bench.files().len(), 1);
}
