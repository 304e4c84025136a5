//! A fault in each request of a trial.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use isales_simulator::{Fault, Script};

use super::{Bench, Outcome, server};

/// The findings with which a trial may end: that the policy is there, or that it was never begun.
const ENDS: [&str; 10] = [
    "policy_back",
    "policy_untouched",
    "campaign_unreadable",
    "campaign_not_found",
    "campaign_not_suspended",
    "policy_not_queried",
    "policy_unreadable",
    "query_not_served",
    "policy_not_set",
    "skipped",
];

/// Faults that leave open whether a POST has taken effect, or that no client can tell from a reply.
const NASTY: [Fault; 8] = [
    Fault::ResetBeforeStored,
    Fault::ResetAfterStored,
    Fault::CutShort,
    Fault::TruncatedJson,
    Fault::DisagreeingCodes,
    Fault::TooFast,
    Fault::GatewayTimeout,
    Fault::Restart,
];

/// The requests of a trial without a fault: those of the steps before it, and its own.
fn requests() -> (u32, u32) {
    let bench = Bench::start(server());
    bench.tried(&[]);
    let requests = bench.server.requests();
    let all = requests.len();
    let first = requests
        .iter()
        .position(|request| request.method == "POST")
        .unwrap();
    // The status, the policy, the number types and the call results.
    (
        u32::try_from(first - 4).unwrap(),
        u32::try_from(all).unwrap(),
    )
}

/// Runs a trial in which the request of this number meets a fault.
fn with_fault(fault: Fault, number: u32) -> (Bench, Outcome) {
    let bench = Bench::start(server());
    bench.server.script(Script::pass().times(number));
    bench.server.script(Script::fault(fault));
    let trial = bench.tried(&["--request-timeout=2s"]);
    (bench, trial)
}

fn survives(fault: Fault, number: u32) {
    let (bench, trial) = with_fault(fault, number);
    let findings = trial.findings();
    assert!(
        bench.has_policy_before(),
        "{fault}, {number}: {findings:#?}"
    );
    let last = findings.last().unwrap()["code"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(ENDS.contains(&&*last), "{fault}, {number}: {findings:#?}");
    assert_eq!(bench.files(), [""; 0], "{fault}, {number}");
}

/// Runs all cases, some at the same time.
fn all_survive(cases: Vec<(Fault, u32)>) {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((fault, number)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if thread::scope(|one| one.spawn(|| survives(*fault, *number)).join()).is_err()
                    {
                        failed.lock().unwrap().push(format!("{fault} at {number}"));
                    }
                }
            });
        }
    });
    assert_eq!(failed.into_inner().unwrap(), [""; 0]);
}

#[test]
fn a_fault_in_some_requests_does_no_harm() {
    let (first, all) = requests();
    let cases = NASTY.into_iter().zip((first..all).step_by(4));
    all_survive(cases.collect());
}

#[test]
#[ignore = "takes minutes: make soak"]
fn a_fault_in_any_request_does_no_harm() {
    let (first, all) = requests();
    let faults = Fault::ALL.into_iter();
    let cases = faults.flat_map(|fault| {
        let kind = Fault::ALL.iter().position(|other| *other == fault).unwrap();
        // Each fault meets a third of the requests, and each request a third of the faults.
        let numbers = (first..all).skip(kind % 3).step_by(3);
        numbers.map(move |number| (fault, number))
    });
    all_survive(cases.collect());
}
