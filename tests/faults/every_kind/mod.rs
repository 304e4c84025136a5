//! Every kind of fault, on every request of every operation: no success that was not, no policy
//! that Terraform does not know of.

mod operation;
mod tally;
mod verdict;

use std::{sync::Arc, time::Duration};

use isales_simulator::{Fault, Simulator};
use serde_json::json;
use tokio::{sync::Semaphore, task::JoinSet};

use self::{
    operation::{Operation, Subject},
    tally::Tally,
};
use crate::report;
use test_support::{host::patiently, target::Target};

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

/// How many servers with their providers run at a time.
pub const AT_A_TIME: usize = 6;

#[tokio::test]
async fn no_fault_loses_a_policy_or_makes_up_a_success() {
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
    let mut tally = Tally::default();
    while let Some(run) = runs.join_next().await {
        tally.add(run.unwrap());
    }
    report::publish("every kind of fault", &tally.to_table());
    assert_eq!(tally.complaints(), [""; 0]);
}

/// All operations against one server, each on a campaign of its own, then the next apply of each
/// without faults.
async fn run(fault: Fault, mode: Mode) -> Tally {
    let mut target = Target::configured(
        Simulator::builder().campaigns(25, 1..=Operation::ALL.len() as i64),
        json!({"request_timeout": request_timeout(fault), "max_retries": mode.max_retries}),
    )
    .await;
    let mut subjects = Vec::new();
    for (operation, campaign_id) in Operation::ALL.into_iter().zip(1..) {
        let provider = target.provider.clone();
        subjects.push(Subject::prepare(&target.simulator, provider, operation, campaign_id).await);
    }
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
