//! Every kind of fault, on every request of the actions that pause and resume: no success that was not,
//! and no error that hides what happened.

use std::sync::Arc;

use isales_simulator::{CampaignStatus, Fault, Script, Simulator};
use serde_json::{Value as Json, json};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::every_kind::{AT_A_TIME, MODES, Mode, answering, hits_others, request_timeout};
use test_support::{
    actions::{Invoked, PAUSE, PAUSE_BATCH, RESUME, RESUME_BATCH, call_batch, campaign, invoke},
    call_batch::path,
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
    /// The write. What settles it is read without faults.
    Switch,
    /// The read after the write was confirmed.
    Verify,
}

/// The object of an action: a campaign, or the only call batch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Object {
    Campaign,
    CallBatch,
}

/// Whether the object makes calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Active,
    Suspended,
}

/// An object, an action on it, and what came of it.
struct Subject {
    case: Case,
    campaign_id: i64,
    /// The `config` block of the action.
    config: Json,
    /// The object, as the progress names it.
    named: String,
    provider: Provider,
    invoked: Option<Invoked>,
}

const CASES: [Case; 8] = [
    Case::new(PAUSE, Step::Switch),
    Case::new(PAUSE, Step::Verify),
    Case::new(RESUME, Step::Switch),
    Case::new(RESUME, Step::Verify),
    Case::new(PAUSE_BATCH, Step::Switch),
    Case::new(PAUSE_BATCH, Step::Verify),
    Case::new(RESUME_BATCH, Step::Switch),
    Case::new(RESUME_BATCH, Step::Verify),
];

// === impl Case ===

impl Case {
    const fn new(action: &'static str, step: Step) -> Self {
        Self { action, step }
    }

    fn object(self) -> Object {
        match self.action {
            PAUSE | RESUME => Object::Campaign,
            _ => Object::CallBatch,
        }
    }

    fn before(self) -> State {
        match self.after() {
            State::Active => State::Suspended,
            State::Suspended => State::Active,
        }
    }

    fn after(self) -> State {
        match self.action {
            PAUSE | PAUSE_BATCH => State::Suspended,
            _ => State::Active,
        }
    }

    fn script(self, fault: Fault, times: u32, campaign_id: i64) -> Script {
        let verb = match self.after() {
            State::Suspended => "pause",
            State::Active => "resume",
        };
        let detail = format!("/rest/isales/v1/openapi/campaigns/25/{campaign_id}");
        let script = Script::fault(fault).times(times);
        match (self.object(), self.step) {
            (Object::Campaign, Step::Switch) => {
                script.method("PUT").path(&format!("{detail}/{verb}"))
            }
            (Object::Campaign, Step::Verify) => script.method("GET").path(&detail),
            (Object::CallBatch, Step::Switch) => {
                script.method("POST").path(&path(campaign_id, verb))
            }
            (Object::CallBatch, Step::Verify) => {
                script.method("GET").path(&path(campaign_id, "list"))
            }
        }
    }
}

// === impl Subject ===

impl Subject {
    /// Prepares the object of the case in the state from before.
    fn prepared(case: Case, campaign_id: i64, target: &Target) -> Self {
        let simulator = &target.simulator;
        let (mut config, named) = match case.object() {
            Object::Campaign => {
                let status = match case.before() {
                    State::Active => CampaignStatus::Running,
                    State::Suspended => CampaignStatus::Suspended,
                };
                simulator.set_campaign_status(25, campaign_id, status);
                let named = format!("campaign 25/{campaign_id}");
                (campaign(campaign_id), named)
            }
            Object::CallBatch => {
                let status = match case.before() {
                    State::Active => 1,
                    State::Suspended => 2,
                };
                let id = simulator.add_call_batch(25, campaign_id, "a", status);
                let id = id.expect("a campaign without call batches");
                let named = format!("call batch 25/{campaign_id}/{id}");
                (call_batch(campaign_id, &id), named)
            }
        };
        // A server that confirms and does nothing is read again for nine tenths of it.
        config["timeouts"] = json!({"invoke": "15s"});
        Self {
            case,
            campaign_id,
            config,
            named,
            provider: target.provider.clone(),
            invoked: None,
        }
    }

    async fn operate(mut self) -> Self {
        let (action, config) = (self.case.action, &self.config);
        self.invoked = Some(invoke(&mut self.provider, action, config).await);
        self
    }

    fn state(&self, simulator: &Simulator) -> State {
        match self.case.object() {
            Object::Campaign => match simulator.campaign_status(25, self.campaign_id) {
                Some(CampaignStatus::Running) => State::Active,
                Some(CampaignStatus::Suspended) => State::Suspended,
                other => panic!("the campaign is {other:?}"),
            },
            Object::CallBatch => match &simulator.call_batches(25, self.campaign_id)[..] {
                [batch] if batch.status == 1 => State::Active,
                [batch] if batch.status == 2 => State::Suspended,
                other => panic!("the call batches are {other:?}"),
            },
        }
    }

    /// What was not true of the outcome.
    fn complaints(&self, simulator: &Simulator) -> Vec<String> {
        let case = self.case;
        let invoked = self.invoked.as_ref().expect("it was invoked");
        let errors = errors(&invoked.diagnostics);
        let is_done = self.state(simulator) == case.after();
        let is_in_doubt = |error: &String| {
            error.contains("may have taken effect") || error.contains("still showed status")
        };
        let mut complaints = Vec::new();
        match &errors[..] {
            [] if !is_done => complaints.push("a success that was not".to_owned()),
            [] => {}
            [error] if is_done && !is_in_doubt(error) => {
                complaints.push(format!("done, and denied: {error}"));
            }
            [_] => {}
            more => complaints.push(format!("{more:?}")),
        }
        if invoked
            .progress
            .first()
            .is_none_or(|first| !first.ends_with(&self.named))
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

/// Every action against one server, each in a campaign of its own, then again without faults.
async fn run(fault: Fault, mode: Mode) -> Vec<String> {
    let mut target = Target::configured(
        Simulator::builder().campaigns(25, 1..=CASES.len() as i64),
        json!({"request_timeout": request_timeout(fault), "max_retries": mode.max_retries}),
    )
    .await;
    let mut subjects = Vec::new();
    for (case, campaign_id) in CASES.into_iter().zip(1..) {
        let script = case.script(fault, mode.times, campaign_id);
        target.simulator.script(script);
        subjects.push(Subject::prepared(case, campaign_id, &target));
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
