//! Hundreds of policies for some minutes: applied, drifted, refreshed and destroyed by several
//! Terraforms at once, while a part of all requests meets a fault.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    ops::Range,
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;
use isales_simulator::{Fault, Faults, Simulator};

use crate::{
    policies::common_json,
    report,
    server::{VDN, server},
    state::disagreements,
    terraform::{Workspace, connection},
};

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

/// What the workers did, and what was wrong.
#[derive(Debug, Default)]
struct Figures {
    applies: usize,
    failed_applies: usize,
    plans: usize,
    drifts: usize,
    destroys: usize,
    /// POSTs of a policy that the same apply had stored already.
    duplicates: usize,
    /// Successful applies after which state and server differed.
    wrong: Vec<String>,
    /// Differences after the last apply, without faults.
    lost: Vec<String>,
}

/// One Terraform with its part of the campaigns.
struct Worker<'a> {
    server: &'a Simulator,
    workspace: Workspace,
    campaigns: Range<i64>,
    random: Rng,
    figures: Figures,
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
    report::publish(
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
        | Fault::InternalServerError
        | Fault::BadGateway
        | Fault::GatewayTimeout
        | Fault::Latency => PASSING,
        // A restart passes as well, but hits everybody.
        _ => LASTING,
    }
}

// === impl Worker ===

impl<'a> Worker<'a> {
    fn new(server: &'a Simulator, number: i64) -> Self {
        let first = 1 + number * CAMPAIGNS;
        let workspace = Workspace::new(server);
        let arguments = "  request_timeout = \"2s\"\n";
        workspace.configure(&format!("{}{arguments}", connection(server)));
        Self {
            server,
            workspace,
            campaigns: first..first + CAMPAIGNS,
            random: Rng::with_seed(SEED + number.unsigned_abs()),
            figures: Figures::default(),
        }
    }

    fn run(mut self, end: Instant) -> Self {
        while Instant::now() < end {
            match self.random.u8(0..10) {
                0 => self.destroy(),
                1..3 => self.plan(),
                3..5 => self.drift(),
                _ => self.apply(),
            }
        }
        self
    }

    /// The last apply. Nothing goes wrong any more.
    fn settle(mut self) -> Figures {
        self.write();
        self.workspace.apply().succeeds();
        self.workspace.plan().finds_no_changes();
        let campaigns = self.campaigns.clone();
        self.figures.lost = disagreements(&self.workspace, self.server, campaigns);
        self.figures
    }

    fn write(&mut self) {
        let (first, last) = (self.campaigns.start, self.campaigns.end - 1);
        let times: Vec<u32> = (0..3).map(|_| self.random.u32(1..=50)).collect();
        self.workspace.write(&format!(
            "resource \"isales_retry_policy\" \"all\" {{\n  for_each = toset([for id in \
             range({first}, {last} + 1) : tostring(id)])\n  campaign_id = tonumber(each.key)\n  \
             policy_type = 0\n  policy_json = [{{ type = 0, retry_day = 1, retry_times = \
             {times:?}[tonumber(each.key) % 3] }}]\n}}\n"
        ));
    }

    fn apply(&mut self) {
        self.write();
        let before = self.server.requests().last().map_or(0, |last| last.number);
        let applied = self.workspace.apply();
        self.figures.applies += 1;
        self.figures.duplicates += self.duplicates_since(before);
        if applied.code == Some(0) {
            let campaigns = self.campaigns.clone();
            let found = disagreements(&self.workspace, self.server, campaigns);
            self.figures.wrong.extend(found);
        } else {
            self.figures.failed_applies += 1;
        }
    }

    /// How often a policy was stored once more after the request of that number. An apply sets each
    /// policy once, also where it replaces a resource.
    fn duplicates_since(&self, before: u64) -> usize {
        let mut seen = BTreeSet::new();
        let requests = self.server.requests();
        let stored = requests.iter().filter(|request| {
            request.number > before
                && request.method == "POST"
                && campaign_id(&request.path).is_some_and(|id| self.campaigns.contains(&id))
                && request.interference.as_deref().is_none_or(|kind| {
                    let fault: Result<Fault, _> = kind.parse();
                    fault.is_ok_and(Fault::stores)
                })
        });
        stored
            .filter(|request| !seen.insert((&request.path, &request.body)))
            .count()
    }

    fn plan(&mut self) {
        self.workspace.plan();
        self.figures.plans += 1;
    }

    fn destroy(&mut self) {
        self.workspace.destroy();
        self.figures.destroys += 1;
    }

    /// Somebody else changes some policies, and takes one away.
    fn drift(&mut self) {
        for _ in 0..5 {
            let campaign_id = self.random.i64(self.campaigns.clone());
            let policy = common_json(self.random.u32(1..=50), 2);
            self.server
                .set_policy(VDN, campaign_id, 0, &policy)
                .unwrap();
        }
        let campaign_id = self.random.i64(self.campaigns.clone());
        self.server.remove_policy(VDN, campaign_id);
        self.figures.drifts += 6;
    }
}

/// The last segment of the path of a retry policy.
fn campaign_id(path: &str) -> Option<i64> {
    path.rsplit('/').next()?.parse().ok()
}

// === impl Figures ===

impl Figures {
    fn add(&mut self, other: Self) {
        self.applies += other.applies;
        self.failed_applies += other.failed_applies;
        self.plans += other.plans;
        self.drifts += other.drifts;
        self.destroys += other.destroys;
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
            ("destroys", self.destroys as u64),
            ("changes behind Terraform's back", self.drifts as u64),
            ("requests", requests),
            ("policies stored", changed),
            ("duplicates posted", self.duplicates as u64),
            ("faults injected", faults),
            ("policies wrongly reported as set", self.wrong.len() as u64),
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
