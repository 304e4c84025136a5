//! Hundreds of policies for some minutes: applied, drifted, refreshed and destroyed by several
//! Terraforms at once, while a part of all requests meets a fault.

mod memory;
mod worker;

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    thread,
    time::{Duration, Instant},
};

use isales_simulator::{Fault, Faults};

use self::worker::Worker;
use test_support::{figures, server::server};

/// How long it takes, in seconds.
const SWITCH: &str = "SOAK_SECONDS";
const DEFAULT_SECONDS: u64 = 180;
const SEED: u64 = 4;
/// Terraforms at a time, each with a state and campaigns of its own.
const WORKERS: i64 = 4;
/// Campaigns of each.
const CAMPAIGNS: i64 = 60;
/// The part of all requests that meets each kind of fault after which another attempt helps.
const PASSING: f64 = 0.01;
/// The part that meets each of the others. They fail an apply, and some applies should succeed.
const LASTING: f64 = 0.0002;

/// The work done, and its failures.
#[derive(Debug, Default)]
struct Figures {
    applies: usize,
    failed_applies: usize,
    plans: usize,
    failed_plans: usize,
    drifts: usize,
    destroys: usize,
    failed_destroys: usize,
    /// Policies that a destroy put back.
    restored: usize,
    /// POSTs of a policy that the same apply had stored already.
    duplicates: usize,
    /// Successes that were none, and failures that nobody can explain.
    wrong: Vec<String>,
    /// Differences after the last apply, without faults.
    lost: Vec<String>,
}

#[test]
#[ignore = "takes minutes: make soak"]
fn states_and_server_agree_after_minutes_of_faults() {
    let seconds = env::var(SWITCH).ok().and_then(|text| text.parse().ok());
    let seconds = seconds.unwrap_or(DEFAULT_SECONDS);
    let server = server();
    server.set_faults(Faults {
        seed: SEED,
        probabilities: Fault::ALL.map(|fault| (fault, probability(fault))).into(),
    });
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut figures = Figures::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|number| {
                let worker = Worker::new(&server, number);
                scope.spawn(move || worker.run(end))
            })
            .collect();
        let workers: Vec<_> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .collect();
        server.set_faults(Faults::default());
        for worker in workers {
            figures.add(worker.settle());
        }
    });

    let counters = server.counters();
    let faults: u64 = counters.faults.values().sum();
    figures::publish(
        "soak",
        &figures.to_table(
            seconds,
            counters.requests,
            faults,
            counters.policies_changed,
            &counters.faults,
        ),
    );
    assert_eq!(figures.wrong, [""; 0]);
    assert_eq!(figures.lost, [""; 0]);
    assert_eq!(figures.duplicates, 0);
    assert_eq!(server.policies().len() as i64, WORKERS * CAMPAIGNS);
}

fn probability(fault: Fault) -> f64 {
    match fault {
        Fault::ResetBeforeStored
        | Fault::ResetAfterStored
        | Fault::CutShort
        | Fault::SlowDrip
        | Fault::TooManyRequestsSeconds
        | Fault::TooManyRequestsDate
        | Fault::UnavailableSeconds
        | Fault::UnavailableDate
        | Fault::TooFast
        | Fault::InternalServerError
        | Fault::BadGateway
        | Fault::GatewayTimeout
        | Fault::Latency => PASSING,
        // A restart passes as well, but hits everybody.
        _ => LASTING,
    }
}

// === impl Figures ===

impl Figures {
    fn add(&mut self, other: Self) {
        self.applies += other.applies;
        self.failed_applies += other.failed_applies;
        self.plans += other.plans;
        self.failed_plans += other.failed_plans;
        self.drifts += other.drifts;
        self.destroys += other.destroys;
        self.failed_destroys += other.failed_destroys;
        self.restored += other.restored;
        self.duplicates += other.duplicates;
        self.wrong.extend(other.wrong);
        self.lost.extend(other.lost);
    }

    fn to_table(
        &self,
        seconds: u64,
        requests: u64,
        faults: u64,
        changed: u64,
        by_kind: &BTreeMap<String, u64>,
    ) -> String {
        let mut table = String::from("| | |\n|---|--:|\n");
        let rows = [
            ("seconds", seconds),
            ("Terraforms at a time", WORKERS.unsigned_abs()),
            ("policies", (WORKERS * CAMPAIGNS).unsigned_abs()),
            ("applies", self.applies as u64),
            ("applies that reported an error", self.failed_applies as u64),
            ("plans", self.plans as u64),
            ("plans that reported an error", self.failed_plans as u64),
            ("destroys", self.destroys as u64),
            (
                "destroys that reported an error",
                self.failed_destroys as u64,
            ),
            ("policies from before restored", self.restored as u64),
            ("changes behind Terraform's back", self.drifts as u64),
            ("requests", requests),
            ("policies stored", changed),
            ("duplicates posted", self.duplicates as u64),
            ("faults injected", faults),
            ("wrongly reported", self.wrong.len() as u64),
            ("policies lost", self.lost.len() as u64),
        ];
        for (name, figure) in rows {
            let _ = writeln!(table, "| {name} | {figure} |");
        }
        let kinds: Vec<_> = by_kind
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let _ = writeln!(table, "\nFaults by kind: {}.", kinds.join(", "));
        table
    }
}
