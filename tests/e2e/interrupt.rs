//! Ctrl-C, and a SIGTERM to all of Terraform, in the middle of an apply.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use isales_simulator::{Latency, Simulator};
use nix::sys::signal::Signal;
use serde_json::Value;

use test_support::{
    policies::{common, common_json, resource},
    server::{Observed as _, server},
    terraform::{Outcome, Workspace, connection},
};

/// More than are under way at a time, so that some have not begun.
const CAMPAIGNS: i64 = 8;

/// The error about a request that may have been carried out.
const IN_DOUBT: &str = "after it was sent and before it was confirmed";

/// Longer than anything takes. It bounds hangs; it measures nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// Policies for all campaigns, of which three are served at a time.
fn workspace(server: &Simulator, retry_times: u32) -> Workspace {
    let workspace = Workspace::new(server);
    let three = format!("{}  max_concurrent_requests = 3\n", connection(server));
    workspace.configure(&three);
    write(&workspace, retry_times);
    workspace
}

fn write(workspace: &Workspace, retry_times: u32) {
    let count = format!("  count = {CAMPAIGNS}\n{}", common(retry_times, 1));
    workspace.write(&resource("count.index + 1", &count));
}

/// Applies, and signals the whole process group, as a terminal or what stops a service does, when a
/// POST has arrived.
fn signaled_apply(server: &Simulator, workspace: &Workspace, signal: Signal) -> Outcome {
    let arguments = ["apply", "-json", "-input=false", "-auto-approve"];
    let apply = workspace.start(&arguments);
    let deadline = Instant::now() + PATIENCE;
    // The simulator has no event to wait for.
    while server.received("POST").is_empty() {
        assert!(Instant::now() < deadline, "nothing was posted");
        thread::sleep(Duration::from_millis(10));
    }
    apply.signal(signal);
    apply.outcome()
}

fn campaign(resource: &Value) -> i64 {
    resource["values"]["campaign_id"].as_i64().unwrap()
}

fn is_tainted(resource: &Value) -> bool {
    resource["tainted"] == true
}

fn assert_in_order(outcome: &Outcome) {
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let text = outcome.text();
    assert!(text.contains("nterrupt"), "{text}");
    for broken in ["crashed", "Plugin did not respond", "panic"] {
        assert!(!text.contains(broken), "{text}");
    }
}

/// What the server has is in the state, what is in the state without taint is on the server, and
/// the rest converges.
fn assert_truth_and_convergence(server: &Simulator, workspace: &Workspace) {
    let state = workspace.resources();
    for (_, campaign_id) in server.policies().keys() {
        let is_known = state.iter().any(|one| campaign(one) == *campaign_id);
        assert!(is_known, "{campaign_id} is in no state");
    }
    for resource in state {
        if !is_tainted(&resource) {
            assert_eq!(server.kept(campaign(&resource)), Some(common_json(2, 1)));
        }
    }
    server.set_latency(Latency::default());
    workspace.apply().succeeds();
    for campaign_id in 1..=CAMPAIGNS {
        assert_eq!(server.kept(campaign_id), Some(common_json(2, 1)));
    }
    workspace.plan().finds_no_changes().without_warnings();
}

fn assert_in_doubt(outcome: &Outcome) {
    let unconfirmed = outcome.errors();
    assert!(
        unconfirmed
            .iter()
            .any(|error| error.detail.contains(IN_DOUBT)),
        "{unconfirmed:#?}"
    );
}

fn a_reply_that_comes_soon_is_waited_for(signal: Signal) {
    let server = server();
    server.set_latency(Latency::before(Duration::from_millis(500)));
    let workspace = workspace(&server, 2);
    assert_in_order(&signaled_apply(&server, &workspace, signal));
    let state = workspace.resources();
    assert!(!state.is_empty() && state.len() < 8, "{state:#?}");
    // All that was posted was confirmed.
    assert!(!state.iter().any(is_tainted));
    assert_truth_and_convergence(&server, &workspace);
}

fn a_policy_that_was_stored_and_not_confirmed_is_not_lost(signal: Signal) {
    let server = server();
    server.set_latency(Latency::after(Duration::from_secs(4)));
    let workspace = workspace(&server, 2);
    assert_in_order(&signaled_apply(&server, &workspace, signal));
    assert!(!server.policies().is_empty());
    assert!(workspace.resources().iter().any(is_tainted));
    assert_truth_and_convergence(&server, &workspace);
}

#[test]
fn ctrl_c_waits_for_a_reply_that_comes_soon() {
    a_reply_that_comes_soon_is_waited_for(Signal::SIGINT);
}

#[test]
fn ctrl_c_loses_nothing_that_was_stored() {
    a_policy_that_was_stored_and_not_confirmed_is_not_lost(Signal::SIGINT);
}

#[test]
fn a_policy_that_may_not_have_been_stored_is_tainted() {
    let server = server();
    server.set_latency(Latency::before(Duration::from_secs(4)));
    let workspace = workspace(&server, 2);
    let outcome = signaled_apply(&server, &workspace, Signal::SIGINT);
    assert_in_order(&outcome);
    let state = workspace.resources();
    assert!(state.iter().any(is_tainted), "{state:#?}");
    assert_in_doubt(&outcome);
    assert_truth_and_convergence(&server, &workspace);
}

#[test]
fn an_update_that_was_interrupted_is_read_again() {
    let server = server();
    let workspace = workspace(&server, 1);
    workspace.apply().succeeds();
    server.clear_requests();
    server.set_latency(Latency::after(Duration::from_secs(4)));
    write(&workspace, 2);
    let outcome = signaled_apply(&server, &workspace, Signal::SIGINT);
    assert_in_order(&outcome);
    let state = workspace.resources();
    assert_eq!(i64::try_from(state.len()).unwrap(), CAMPAIGNS);
    assert!(!state.iter().any(is_tainted));
    assert_in_doubt(&outcome);
    // Terraform reads before it plans, so an update in doubt is settled by the next plan.
    server.set_latency(Latency::default());
    workspace.apply().succeeds().without_warnings();
    for campaign_id in 1..=CAMPAIGNS {
        assert_eq!(server.kept(campaign_id), Some(common_json(2, 1)));
    }
    workspace.plan().finds_no_changes();
}

// What stops a container or a service does so to Terraform and the provider at once.
#[test]
fn a_sigterm_to_all_loses_nothing_that_was_stored() {
    a_policy_that_was_stored_and_not_confirmed_is_not_lost(Signal::SIGTERM);
}

#[test]
fn a_sigterm_to_all_waits_for_a_reply_that_comes_soon() {
    a_reply_that_comes_soon_is_waited_for(Signal::SIGTERM);
}

// Opening a named pipe waits for a writer, and a process that waits so ends at no signal of
// Terraform's.
#[test]
fn a_named_pipe_for_a_file_holds_up_nobody() {
    let server = server();
    let workspace = workspace(&server, 2);
    let pipe = workspace.path("ca.pem");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let with_pipe = connection(&server)
        .lines()
        .filter(|line| !line.contains("ca_cert"))
        .map(|line| format!("{line}\n"))
        .chain([format!("  ca_cert_file = {pipe:?}\n")])
        .collect::<String>();
    workspace.configure(&with_pipe);
    let error = workspace.plan().fails().error();
    error
        .says(&["cannot be read", "named pipe"])
        .points_at("ca_cert_file =");

    let plan = workspace.start(&["plan", "-json", "-input=false"]);
    plan.says("\"version\"");
    let signaled = Instant::now();
    plan.signal(Signal::SIGINT);
    plan.signal(Signal::SIGINT);
    plan.outcome();
    let taken = signaled.elapsed();
    assert!(taken < Duration::from_secs(3), "{taken:?}");
}
