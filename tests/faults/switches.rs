//! Every kind of fault, on every request of the actions that pause and resume a campaign: no success
//! that was not, and no error that hides what happened.

use std::sync::Arc;

use isales_simulator::{CampaignStatus, Fault, Script, Simulator};
use serde_json::json;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::every_kind::{AT_A_TIME, MODES, Mode, answering, hits_others, request_timeout};
use test_support::{
    actions::{Invoked, PAUSE, RESUME, campaign, invoke},
    host::patiently,
    target::{Provider, Target},
    values::errors,
};

/// An action, and the request of it that meets the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Case {
    action: &'static str,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The PUT, and the queries that settle it.
    Switch,
    /// The query after the PUT was confirmed.
    Verify,
}

/// A campaign, an action on it, and what came of it.
struct Subject {
    case: Case,
    campaign_id: i64,
    provider: Provider,
    invoked: Option<Invoked>,
}

const CASES: [Case; 4] = [
    Case::new(PAUSE, Step::Switch),
    Case::new(PAUSE, Step::Verify),
    Case::new(RESUME, Step::Switch),
    Case::new(RESUME, Step::Verify),
];

// === impl Case ===

impl Case {
    const fn new(action: &'static str, step: Step) -> Self {
        Self { action, step }
    }

    fn before(self) -> CampaignStatus {
        match self.action {
            PAUSE => CampaignStatus::Running,
            _ => CampaignStatus::Suspended,
        }
    }

    fn after(self) -> CampaignStatus {
        match self.action {
            PAUSE => CampaignStatus::Suspended,
            _ => CampaignStatus::Running,
        }
    }

    fn script(self, fault: Fault, times: u32, campaign_id: i64) -> Script {
        let detail = format!("/rest/isales/v1/openapi/campaigns/25/{campaign_id}");
        let script = Script::fault(fault).times(times);
        match (self.step, self.action) {
            (Step::Switch, PAUSE) => script.method("PUT").path(&format!("{detail}/pause")),
            (Step::Switch, _) => script.method("PUT").path(&format!("{detail}/resume")),
            (Step::Verify, _) => script.method("GET").path(&detail),
        }
    }
}

// === impl Subject ===

impl Subject {
    async fn operate(mut self) -> Self {
        let mut config = campaign(self.campaign_id);
        // A server that confirms and does nothing is read again for nine tenths of it.
        config["timeouts"] = json!({"invoke": "15s"});
        self.invoked = Some(invoke(&mut self.provider, self.case.action, &config).await);
        self
    }

    /// What was not true of the outcome.
    fn complaints(&self, simulator: &Simulator) -> Vec<String> {
        let case = self.case;
        let invoked = self.invoked.as_ref().expect("it was invoked");
        let errors = errors(&invoked.diagnostics);
        let now = simulator.campaign_status(25, self.campaign_id).unwrap();
        let is_done = now == case.after();
        let is_in_doubt = |error: &String| {
            error.contains("may have taken effect") || error.contains("still showed status")
        };
        let mut complaints = Vec::new();
        if !is_done && now != case.before() {
            complaints.push(format!("the campaign is {now:?}"));
        }
        match &errors[..] {
            [] if !is_done => complaints.push("a success that was not".to_owned()),
            [] => {}
            [error] if is_done && !is_in_doubt(error) => {
                complaints.push(format!("done, and denied: {error}"));
            }
            [_] => {}
            more => complaints.push(format!("{more:?}")),
        }
        let ended = format!("campaign 25/{}", self.campaign_id);
        if invoked
            .progress
            .first()
            .is_none_or(|first| !first.ends_with(&ended))
        {
            complaints.push(format!("progress: {:?}", invoked.progress));
        }
        complaints
    }
}

#[tokio::test]
async fn no_fault_makes_up_a_pause_or_a_resume() {
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    let mut runs = JoinSet::new();
    for fault in Fault::ALL {
        for mode in MODES {
            let places = Arc::clone(&places);
            runs.spawn(async move {
                let _place = places.acquire().await.unwrap();
                let what = format!("{fault} in {mode:?}");
                patiently(&what, run(fault, mode)).await
            });
        }
    }
    let mut complaints = Vec::new();
    let mut actions = 0;
    while let Some(run) = runs.join_next().await {
        complaints.extend(run.unwrap());
        actions += CASES.len();
    }
    assert_eq!(complaints, [""; 0]);
    eprintln!("{actions} actions, 0 wrongly reported");
}

/// Every action against one server, each on a campaign of its own, then again without faults.
async fn run(fault: Fault, mode: Mode) -> Vec<String> {
    let mut target = Target::configured(
        Simulator::builder().campaigns(25, 1..=CASES.len() as i64),
        json!({"request_timeout": request_timeout(fault), "max_retries": mode.max_retries}),
    )
    .await;
    let mut subjects = Vec::new();
    for (case, campaign_id) in CASES.into_iter().zip(1..) {
        let simulator = &target.simulator;
        simulator.set_campaign_status(25, campaign_id, case.before());
        simulator.script(case.script(fault, mode.times, campaign_id));
        subjects.push(Subject {
            case,
            campaign_id,
            provider: target.provider.clone(),
            invoked: None,
        });
    }
    let done = if hits_others(fault) {
        let mut done = Vec::new();
        for subject in subjects {
            done.push(subject.operate().await);
            answering(&target.simulator).await;
        }
        done
    } else {
        let running: JoinSet<_> = subjects.into_iter().map(Subject::operate).collect();
        running.join_all().await
    };
    let complained = |subject: &Subject, when: &str, found: Vec<String>| {
        let (case, when) = (subject.case, when.to_owned());
        let found = found.into_iter();
        found
            .map(move |one| format!("{fault}, {mode:?}, {case:?}, {when}: {one}"))
            .collect::<Vec<_>>()
    };
    let mut complaints = Vec::new();
    for subject in &done {
        let found = subject.complaints(&target.simulator);
        complaints.extend(complained(subject, "at first", found));
    }
    target.simulator.clear_scripts();
    target.begin_run().await;
    for subject in done {
        let again = subject.operate().await;
        let mut found = again.complaints(&target.simulator);
        let errors = errors(&again.invoked.as_ref().expect("invoked").diagnostics);
        found.extend(errors);
        complaints.extend(complained(&again, "again", found));
    }
    complaints
}
