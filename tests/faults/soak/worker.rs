//! One Terraform with its part of the campaigns.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    time::Instant,
};

use fastrand::Rng;
use isales_simulator::{Fault, RecordedRequest, Simulator};

use super::{
    CAMPAIGNS, Figures, SEED,
    memory::{Applied, Memory},
};
use crate::state::{disagreements, instances};
use test_support::{
    policies::common_json,
    server::{Observed as _, VDN},
    terraform::{Outcome, Workspace, connection},
};

/// It applies, plans, destroys, and is interfered with.
pub(super) struct Worker<'a> {
    server: &'a Simulator,
    workspace: Workspace,
    campaigns: Range<i64>,
    random: Rng,
    /// `retry_times` in the configuration, for a third of the campaigns each.
    times: [u32; 3],
    memory: Memory,
    figures: Figures,
}

/// The policies on the server, by campaign.
type Kept = BTreeMap<i64, Option<String>>;

// === impl Worker ===

impl<'a> Worker<'a> {
    pub(super) fn new(server: &'a Simulator, number: i64) -> Self {
        let first = 1 + number * CAMPAIGNS;
        let workspace = Workspace::new(server);
        let arguments = "  request_timeout = \"2s\"\n";
        workspace.configure(&format!("{}{arguments}", connection(server)));
        let campaigns = first..first + CAMPAIGNS;
        for campaign_id in campaigns.clone().filter(|id| is_restored(*id)) {
            let before = common_json(7, 7);
            server.set_policy(VDN, campaign_id, 0, &before).unwrap();
        }
        let mut worker = Self {
            server,
            workspace,
            campaigns,
            random: Rng::with_seed(SEED + number.unsigned_abs()),
            times: [1; 3],
            memory: Memory::default(),
            figures: Figures::default(),
        };
        worker.write();
        worker
    }

    pub(super) fn run(mut self, end: Instant) -> Self {
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
    pub(super) fn settle(mut self) -> Figures {
        self.write();
        self.workspace.apply().succeeds();
        self.workspace.plan().finds_no_changes();
        self.figures.lost = self.disagreements();
        self.figures
    }

    /// Another configuration, with `restore` for a third of the policies.
    fn write(&mut self) {
        let (first, last) = (self.campaigns.start, self.campaigns.end - 1);
        self.times = [0; 3].map(|_| self.random.u32(1..=50));
        let times = self.times;
        self.workspace.write(&format!(
            "resource \"isales_retry_policy\" \"all\" {{\n  for_each = toset([for id in \
             range({first}, {last} + 1) : tostring(id)])\n  campaign_id = tonumber(each.key)\n  \
             deletion_policy = tonumber(each.key) % 3 == 1 ? \"restore\" : \"abandon\"\n  \
             policy_type = 0\n  policy_json = [{{ type = 0, retry_day = 1, retry_times = \
             {times:?}[floor(tonumber(each.key) / 3) % 3] }}]\n}}\n"
        ));
    }

    fn wanted(&self, campaign_id: i64) -> Option<String> {
        let third = usize::try_from(campaign_id / 3 % 3).unwrap();
        Some(common_json(self.times[third], 1))
    }

    fn apply(&mut self) {
        self.write();
        let (known, kept) = (self.known(), self.kept());
        let before = self.last_request();
        let applied = self.workspace.apply();
        let requests = self.requests_since(before);
        self.figures.applies += 1;
        self.figures.duplicates += duplicates(&requests);
        let is_success = applied.code == Some(0);
        if is_success {
            let found = self.disagreements();
            self.figures.wrong.extend(found);
        } else {
            self.figures.failed_applies += 1;
            self.explain(&applied);
            self.untaint();
        }
        let (now, denied) = (self.known(), denied(&requests));
        for campaign_id in self.campaigns.clone().filter(|id| is_restored(*id)) {
            let applied = Applied {
                known: [known.contains(&campaign_id), now.contains(&campaign_id)],
                kept: kept[&campaign_id].as_deref(),
                is_denied: denied.contains(&campaign_id),
                is_success,
            };
            self.memory.note(campaign_id, applied);
        }
    }

    /// As the provider asks for where what it remembers would be lost.
    fn untaint(&self) {
        for instance in instances(&self.workspace) {
            let campaign_id = instance["attributes"]["campaign_id"].as_i64().unwrap();
            if instance["status"] == "tainted" && is_restored(campaign_id) {
                let address = format!("isales_retry_policy.all[\"{campaign_id}\"]");
                self.workspace.run(&["untaint", &address]).succeeds();
            }
        }
    }

    fn plan(&mut self) {
        let planned = self.workspace.plan();
        self.figures.plans += 1;
        match planned.code {
            // The state may be older: only what was found by the way is as the configuration.
            Some(0) => {
                let kept = self.kept().into_iter();
                let others = kept.filter(|(id, kept)| *kept != self.wanted(*id));
                let others = others.map(|(id, kept)| format!("{id}: no changes, server {kept:?}"));
                let others: Vec<_> = others.collect();
                self.figures.wrong.extend(others);
            }
            Some(2) => {}
            _ => {
                self.figures.failed_plans += 1;
                self.explain(&planned);
            }
        }
    }

    /// A policy that is not restored stays as it is.
    fn destroy(&mut self) {
        let (known, kept) = (self.known(), self.kept());
        let gone = self.workspace.destroy();
        self.figures.destroys += 1;
        if gone.code == Some(0) {
            assert_eq!(self.known(), BTreeSet::new());
            for (campaign_id, now) in self.kept() {
                let kept = kept[&campaign_id].as_deref();
                let expected = match kept {
                    Some(_) if known.contains(&campaign_id) => {
                        self.memory.expected(campaign_id, kept)
                    }
                    _ => Some(kept),
                };
                if let Some(expected) = expected {
                    self.figures.restored += usize::from(expected != kept);
                    if now.as_deref() != expected {
                        let what = format!("{campaign_id}: {expected:?} destroyed as {now:?}");
                        self.figures.wrong.push(what);
                    }
                }
            }
        } else {
            self.figures.failed_destroys += 1;
            self.explain(&gone);
        }
        self.memory.keep(&self.known());
    }

    /// A failure has to be one that the provider reports.
    fn explain(&mut self, failed: &Outcome) {
        let text = failed.text();
        let broken = ["Plugin did not respond", "crashed", "panic"];
        let is_broken = broken.into_iter().any(|broken| text.contains(broken));
        if failed.code != Some(1) || failed.errors().is_empty() || is_broken {
            self.figures.wrong.push(format!("{failed:?}"));
        }
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

    fn disagreements(&self) -> Vec<String> {
        disagreements(&self.workspace, self.server, self.campaigns.clone())
    }

    /// The campaigns in the state.
    fn known(&self) -> BTreeSet<i64> {
        let instances = instances(&self.workspace).into_iter();
        instances
            .filter_map(|instance| instance["attributes"]["campaign_id"].as_i64())
            .collect()
    }

    fn kept(&self) -> Kept {
        let campaigns = self.campaigns.clone();
        campaigns.map(|id| (id, self.server.kept(id))).collect()
    }

    fn last_request(&self) -> u64 {
        self.server.requests().last().map_or(0, |last| last.number)
    }

    /// The requests about this worker's policies after the one of that number.
    fn requests_since(&self, before: u64) -> Vec<RecordedRequest> {
        let mut requests = self.server.requests();
        requests.retain(|request| {
            request.number > before
                && campaign_id(&request.path).is_some_and(|id| self.campaigns.contains(&id))
        });
        requests
    }
}

fn is_restored(campaign_id: i64) -> bool {
    campaign_id % 3 == 1
}

/// How often a policy was stored once more. An apply sets each policy once, also where it replaces
/// a resource.
fn duplicates(requests: &[RecordedRequest]) -> usize {
    let mut seen = BTreeSet::new();
    let stored = requests
        .iter()
        .filter(|request| request.method == "POST" && fault(request).is_none_or(Fault::stores));
    stored
        .filter(|request| !seen.insert((&request.path, &request.body)))
        .count()
}

/// The campaigns whose policy the server has denied.
fn denied(requests: &[RecordedRequest]) -> BTreeSet<i64> {
    let denied = requests
        .iter()
        .filter(|request| fault(request) == Some(Fault::SuccessWithoutData));
    denied
        .filter_map(|request| campaign_id(&request.path))
        .collect()
}

fn fault(request: &RecordedRequest) -> Option<Fault> {
    let kind = request.interference.as_deref()?;
    Some(kind.parse().expect("a fault"))
}

/// The last segment of the path of a retry policy.
fn campaign_id(path: &str) -> Option<i64> {
    path.rsplit('/').next()?.parse().ok()
}
