//! Every kind of fault, on every request of every operation of every object: no success that was not,
//! no object that Terraform does not know of, none that was made twice.
//!
//! [`object::Object`] describes an object; a file for each of them implements it.

mod call_batch;
mod call_result;
mod object;
mod retry_policy;
mod special_date;
mod subject;
mod tally;
mod verdict;

use std::{sync::Arc, time::Duration};

use isales_simulator::{Fault, Simulator};
use serde_json::json;
use tokio::{sync::Semaphore, task::JoinSet};

use self::{
    call_batch::CallBatches, call_result::CallResults, object::Object, retry_policy::RetryPolicies,
    special_date::SpecialDates, subject::Subject, tally::Tally,
};
use test_support::{
    figures,
    host::{PATIENCE, within},
    target::Target,
};

/// How often a fault shows, and what the provider may do about it.
#[derive(Clone, Copy, Debug)]
pub struct Mode {
    /// How many requests in a row meet it.
    pub times: u32,
    pub max_retries: u32,
}

pub const MODES: [Mode; 3] = [
    Mode {
        times: 1,
        max_retries: 0,
    },
    Mode {
        times: 1,
        max_retries: 4,
    },
    // Longer than the provider tries.
    Mode {
        times: 100,
        max_retries: 1,
    },
];

/// The provider itself waits half a minute for a server that confirms a write and does not show it.
const LONGEST_RUN: Duration = PATIENCE.saturating_mul(4);

/// How many servers with their providers run at a time.
pub const AT_A_TIME: usize = 6;

#[tokio::test]
async fn a_sample_of_faults_loses_no_retry_policy_and_makes_up_no_success() {
    sample([RetryPolicies]).await;
}

#[tokio::test]
async fn a_sample_of_faults_loses_no_call_result_and_makes_none_twice() {
    sample([CallResults]).await;
}

#[tokio::test]
async fn a_sample_of_faults_loses_no_call_batch_and_makes_none_twice() {
    sample(CallBatches::ALL).await;
}

#[tokio::test]
async fn a_sample_of_faults_loses_no_special_date_and_makes_none_twice() {
    sample([SpecialDates]).await;
}

#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn no_fault_loses_a_retry_policy_or_makes_up_a_success() {
    everything([RetryPolicies], "every kind of fault").await;
}

#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn no_fault_loses_a_call_result_or_makes_one_twice() {
    everything([CallResults], "every kind of fault on call results").await;
}

#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn no_fault_loses_a_call_batch_or_makes_one_twice() {
    everything(CallBatches::ALL, "every kind of fault on call batches").await;
}

#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn no_fault_loses_a_special_date_or_makes_one_twice() {
    everything([SpecialDates], "every kind of fault on special dates").await;
}

/// Each fault in one of the modes.
async fn sample<O: Object>(objects: impl IntoIterator<Item = O>) {
    let runs = Fault::ALL.into_iter().zip(MODES.into_iter().cycle());
    let tally = run_all(objects, runs).await;
    eprintln!("{}", tally.to_table());
    assert_eq!(tally.complaints(), [""; 0]);
}

/// Each fault in each mode. The figures are recorded in a section of the page.
async fn everything<O: Object>(objects: impl IntoIterator<Item = O>, section: &str) {
    let runs = Fault::ALL
        .into_iter()
        .flat_map(|fault| MODES.map(|mode| (fault, mode)));
    let tally = run_all(objects, runs).await;
    figures::publish(section, &tally.to_table());
    assert_eq!(tally.complaints(), [""; 0]);
}

async fn run_all<O: Object>(
    objects: impl IntoIterator<Item = O>,
    all: impl Iterator<Item = (Fault, Mode)> + Clone,
) -> Tally {
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    let mut runs = JoinSet::new();
    let objects = objects.into_iter();
    for (object, (fault, mode)) in
        objects.flat_map(|object| all.clone().map(move |run| (object, run)))
    {
        let places = Arc::clone(&places);
        runs.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let what = format!("{fault} in {mode:?}");
            within(LONGEST_RUN, &what, run(object, fault, mode)).await
        });
    }
    let mut tally = Tally::default();
    while let Some(run) = runs.join_next().await {
        tally.add(run.unwrap());
    }
    tally
}

/// All operations against one server, each on a subject of its own, then the next apply of each
/// without faults.
async fn run<O: Object>(object: O, fault: Fault, mode: Mode) -> Tally {
    let operations = object.operations();
    let count = i64::try_from(operations.len()).unwrap();
    let mut target = Target::configured(
        object.simulator(count),
        json!({"request_timeout": request_timeout(fault), "max_retries": mode.max_retries}),
    )
    .await;
    let mut subjects = Vec::new();
    for (operation, number) in operations.into_iter().zip(1..) {
        let provider = target.provider.clone();
        let prepared =
            Subject::prepare(object, &target.simulator, provider, operation, number).await;
        subjects.push(prepared);
    }
    // What was prepared was another run of Terraform.
    target.begin_run().await;
    target.simulator.clear_requests();
    for subject in &subjects {
        subject.lay_down(&target.simulator, fault, mode.times);
    }
    let subjects = if hits_others(fault) {
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

    let mut tally = Tally::default();
    let requests = target.simulator.requests();
    for subject in &subjects {
        tally.record(fault, mode, subject, &target.simulator, &requests);
    }
    target.simulator.clear_scripts();
    // The next apply is another run of Terraform.
    target.begin_run().await;
    for subject in subjects {
        tally
            .converge(fault, mode, subject, &target.simulator)
            .await;
    }
    tally
}

/// The `request_timeout` for a fault: short where that is what ends a request.
pub fn request_timeout(fault: Fault) -> &'static str {
    match fault {
        Fault::SlowDrip | Fault::Latency => "1s",
        _ => "20s",
    }
}

/// Whether a fault hits, or holds up, whatever else is under way.
pub fn hits_others(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::EndlessBody | Fault::OversizedBody | Fault::Restart
    )
}

/// Waits until a server that restarts takes connections again.
pub async fn answering(simulator: &Simulator) {
    let address = simulator.endpoint().trim_start_matches("https://");
    while tokio::net::TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
