//! Walks on a server whose queries lag behind what was posted.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use isales_simulator::Simulator;
use serde_json::Value as Json;
use test_support::{figures, target::Target};
use tokio::{sync::Semaphore, task::JoinSet, time::sleep};

use super::{
    object::Object,
    policy::{EARLIER, FIRST, Kind, SECOND},
};

const VDN: u16 = 25;

/// Terraform's own parallelism, by default.
const AT_A_TIME: usize = 10;

#[tokio::test]
async fn ten_policies_are_created_changed_and_restored_at_a_lag_of_a_second() {
    walk(10, Duration::from_secs(1)).await;
}

#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn fifty_policies_are_created_changed_and_restored_at_a_lag_of_three_seconds() {
    let (policies, lag) = (50, Duration::from_secs(3));
    walk(policies, lag).await;
    figures::publish(
        "lag",
        &format!(
            "{policies} policies were created, changed, and destroyed with the earlier ones restored, \
             without an error; the plans after the lag found no changes.\n"
        ),
    );
}

/// Creates, changes and restores so many policies, and plans after the lag.
async fn walk(policies: i64, lag: Duration) {
    let simulator = Simulator::builder().campaigns(VDN, 1..=policies).lag(lag);
    let mut target = Target::with(simulator).await;
    for campaign_id in 1..=policies {
        let earlier = Kind::Global.policy_json(EARLIER);
        let set = target.simulator.set_policy(VDN, campaign_id, 0, &earlier);
        set.unwrap();
    }
    let mut objects: Vec<_> = (1..=policies).map(|id| (id, Object::default())).collect();
    for retry_times in [FIRST, SECOND] {
        objects = run(&mut target, objects, Step::Apply(retry_times)).await;
        assert_eq!(kept(&target), [(retry_times, policies)].into());
        sleep(lag).await;
        objects = run(&mut target, objects, Step::Plan(retry_times)).await;
    }
    objects = run(&mut target, objects, Step::Destroy).await;
    assert!(objects.iter().all(|(_, object)| !object.exists()));
    assert_eq!(kept(&target), [(EARLIER, policies)].into());
}

/// A command of Terraform.
#[derive(Clone, Copy, Debug)]
enum Step {
    Apply(u32),
    Plan(u32),
    Destroy,
}

/// Runs a command for all objects, each of which has to succeed without a warning. The plan of the
/// create has warned of the policy that it replaces.
async fn run(target: &mut Target, objects: Vec<(i64, Object)>, step: Step) -> Vec<(i64, Object)> {
    target.begin_run().await;
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    let mut running = JoinSet::new();
    for (campaign_id, mut object) in objects {
        let mut provider = target.provider.clone();
        let places = Arc::clone(&places);
        running.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let provider = &mut provider;
            let refreshed = object.refresh(provider).await;
            assert_eq!(refreshed, Ok(Vec::new()), "{campaign_id}, {step:?}");
            let reported = match step {
                Step::Apply(retry_times) => {
                    object
                        .apply(provider, &config(campaign_id, retry_times))
                        .await
                }
                Step::Plan(retry_times) => {
                    let planned = object
                        .plan(provider, &config(campaign_id, retry_times))
                        .await;
                    assert!(planned.unwrap().is_none(), "{campaign_id}: a change");
                    Ok(Vec::new())
                }
                Step::Destroy => object.destroy(provider).await,
            };
            let warnings = reported.unwrap();
            assert_eq!(warnings, [""; 0], "{campaign_id}, {step:?}");
            (campaign_id, object)
        });
    }
    running.join_all().await
}

fn config(campaign_id: i64, retry_times: u32) -> Json {
    let mut config = Kind::Global.config(campaign_id, retry_times);
    config["deletion_policy"] = "restore".into();
    config
}

/// How many policies of each `retryTimes` the server has.
fn kept(target: &Target) -> BTreeMap<u32, i64> {
    let mut kept = BTreeMap::new();
    for policy in target.simulator.policies().into_values() {
        let retry_times = policy.meaning[0]["retryTimes"].as_u64();
        let retry_times = retry_times.and_then(|times| times.try_into().ok());
        *kept.entry(retry_times.expect("a number")).or_default() += 1;
    }
    kept
}
