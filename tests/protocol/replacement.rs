//! The policy that a create replaces, which its plan shows.

use std::time::{Duration, Instant};

use isales_simulator::{Latency, Script, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{plan_resource_change, stop_provider};

use test_support::{
    host::{patiently, until},
    policies::common_json,
    retry_policy::{TYPE, apply, config, plan, read},
    target::{Provider, Target},
    values::{UNKNOWN, assert_no_diagnostics, errors, json as state, value, warnings},
};

/// Longer than the test waits for anything.
const FOREVER: Duration = Duration::from_secs(600);

/// The longest wait of a plan.
const LIMIT: Duration = Duration::from_secs(5);

/// Campaigns 46 and 47, each with a policy that nobody plans.
async fn target(arguments: Json) -> Target {
    let simulator = Simulator::builder().campaigns(25, [46, 47]);
    let target = Target::configured(simulator, arguments).await;
    for campaign_id in [46, 47] {
        set(&target, campaign_id, 9);
    }
    target
}

fn set(target: &Target, campaign_id: i64, retry_times: u32) {
    let policy = common_json(retry_times, 1);
    target
        .simulator
        .set_policy(25, campaign_id, 0, &policy)
        .unwrap();
}

fn methods(target: &Target) -> Vec<String> {
    let requests = target.simulator.requests().into_iter();
    requests.map(|request| request.method).collect()
}

/// Plans a create, which has to succeed. Returns the warnings.
async fn warnings_of(provider: &mut Provider, config: &Json) -> Vec<String> {
    let planned = plan(provider, &Json::Null, config).await;
    assert_eq!(errors(&planned.diagnostics), [""; 0]);
    assert!(!state(planned.planned_state.as_ref()).is_null());
    warnings(&planned.diagnostics)
}

#[tokio::test]
async fn the_query_of_the_plan_serves_the_create() {
    let mut target = target(json!({})).await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    let found = warnings(&planned.diagnostics);
    assert_eq!(found.len(), 1, "{found:?}");
    for part in ["25/46", &common_json(9, 1), &common_json(1, 1)] {
        assert!(found[0].contains(part), "not {part:?} in {found:?}");
    }
    // The plan has said everything.
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    assert_eq!(methods(&target), ["GET", "POST", "GET"]);
}

#[tokio::test]
async fn a_create_without_its_plan_queries_and_warns_by_itself() {
    let mut target = target(json!({})).await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    target.begin_run().await;
    target.simulator.clear_requests();
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    let found = warnings(&made.diagnostics);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("It has been replaced."), "{found:?}");
    assert_eq!(methods(&target), ["GET", "POST", "GET"]);
}

#[tokio::test]
async fn nothing_is_said_where_nothing_is_replaced() {
    let mut target = target(json!({})).await;
    let provider = &mut target.provider;
    let none = [""; 0];
    assert_eq!(warnings_of(provider, &config(46, 9)).await, none);
    assert!(target.simulator.remove_policy(25, 47));
    assert_eq!(warnings_of(provider, &config(47, 1)).await, none);
    // No such campaign: apply reports it.
    assert_eq!(warnings_of(provider, &config(48, 1)).await, none);
    assert_eq!(methods(&target).len(), 3);
}

#[tokio::test]
async fn a_server_without_the_query_is_asked_once() {
    let mut target = target(json!({})).await;
    target.simulator.set_shape("query=404".parse().unwrap());
    for campaign_id in [46, 47] {
        let found = warnings_of(&mut target.provider, &config(campaign_id, 1)).await;
        assert_eq!(found, [""; 0]);
    }
    assert_eq!(methods(&target), ["GET"]);
}

#[tokio::test]
async fn nothing_is_asked_while_values_are_unknown() {
    let mut unknown = [config(46, 1), config(46, 1), config(46, 1), config(47, 1)];
    unknown[0]["campaign_id"] = json!(UNKNOWN);
    unknown[1]["vdn_id"] = json!(UNKNOWN);
    unknown[2]["policy_json"][0]["retry_times"] = json!(UNKNOWN);
    unknown[3]["policy_json"] = json!(UNKNOWN);
    let mut known = target(json!({})).await;
    for config in unknown {
        assert_eq!(warnings_of(&mut known.provider, &config).await, [""; 0]);
    }
    assert_eq!(methods(&known), [""; 0]);

    for argument in ["endpoint", "vdn_id", "access_key", "secret_key"] {
        let mut pending = target(json!({argument: UNKNOWN})).await;
        let found = warnings_of(&mut pending.provider, &config(46, 1)).await;
        assert_eq!(found, [""; 0], "{argument}");
        assert_eq!(methods(&pending), [""; 0], "{argument}");
    }
}

#[tokio::test]
async fn only_the_plan_of_a_new_object_asks() {
    let mut target = target(json!({})).await;
    let provider = &mut target.provider;
    let planned = plan(provider, &Json::Null, &config(46, 1)).await;
    let made = apply(provider, &Json::Null, &planned).await;
    let prior = state(made.new_state.as_ref());
    target.simulator.clear_requests();
    // An update, and the second plan of a replacement.
    let update = plan(provider, &prior, &config(46, 2)).await;
    assert_no_diagnostics(&update.diagnostics);
    target.begin_run().await;
    let provider = &mut target.provider;
    let replacement = plan_resource_change::Request {
        type_name: TYPE.to_owned(),
        prior_state: Some(value(&Json::Null)),
        proposed_new_state: Some(value(&config(46, 2))),
        config: Some(value(&config(46, 2))),
        prior_private: made.private.clone(),
        ..Default::default()
    };
    let replacement = provider.plan_resource_change(replacement).await.unwrap();
    assert_no_diagnostics(&replacement.get_ref().diagnostics);
    assert_eq!(methods(&target), [""; 0]);

    // A tainted object is refreshed, and then planned as a new one.
    for (changed, count) in [(None, 0), (Some(7), 1)] {
        target.begin_run().await;
        let seen = read(&mut target.provider, &prior, made.private.clone()).await;
        assert_no_diagnostics(&seen.diagnostics);
        if let Some(retry_times) = changed {
            // In between, so that nothing has shown it.
            set(&target, 46, retry_times);
        }
        let found = warnings_of(&mut target.provider, &config(46, 2)).await;
        assert_eq!(found.len(), count, "{found:?}");
    }
}

#[tokio::test]
async fn a_replacement_for_another_campaign_shows_the_policy_there() {
    let mut target = target(json!({})).await;
    let provider = &mut target.provider;
    let planned = plan(provider, &Json::Null, &config(46, 1)).await;
    let made = apply(provider, &Json::Null, &planned).await;
    let prior = state(made.new_state.as_ref());
    let moved = plan(provider, &prior, &config(47, 1)).await;
    let found = warnings(&moved.diagnostics);
    let is_shown = |text: &String| text.contains("25/47") && text.contains(&common_json(9, 1));
    assert!(found.iter().any(is_shown), "{found:?}");
}

#[tokio::test]
async fn after_a_failure_no_plan_asks_any_more_and_creates_do() {
    let mut target = target(json!({"max_retries": 4})).await;
    target
        .simulator
        .script(Script::reply(503, "").method("GET"));
    let provider = &mut target.provider;
    assert_eq!(warnings_of(provider, &config(46, 1)).await, [""; 0]);
    let planned = plan(provider, &Json::Null, &config(47, 1)).await;
    assert_no_diagnostics(&planned.diagnostics);
    assert_eq!(methods(&target), ["GET"]);

    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    let found = warnings(&made.diagnostics);
    assert!(found[0].contains("It has been replaced."), "{found:?}");
    // The next run asks again.
    target.begin_run().await;
    let found = warnings_of(&mut target.provider, &config(46, 1)).await;
    assert_eq!(found.len(), 1, "{found:?}");
}

#[tokio::test]
async fn a_slow_server_is_waited_for_once() {
    let target = target(json!({"max_concurrent_requests": 1})).await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let began = Instant::now();
    let plans = [46, 47].map(|campaign_id| {
        let mut provider = target.provider.clone();
        tokio::spawn(async move { warnings_of(&mut provider, &config(campaign_id, 1)).await })
    });
    for plan in plans {
        assert_eq!(patiently("the plan to end", plan).await.unwrap(), [""; 0]);
    }
    let taken = began.elapsed();
    assert!(LIMIT <= taken && taken < 2 * LIMIT, "{taken:?}");
    assert_eq!(methods(&target), ["GET"]);
}

#[tokio::test]
async fn a_stop_ends_the_query_at_once() {
    let mut target = target(json!({})).await;
    target.simulator.set_latency(Latency::before(FOREVER));
    let mut planning = target.provider.clone();
    let began = Instant::now();
    let call = tokio::spawn(async move { plan(&mut planning, &Json::Null, &config(46, 1)).await });
    until("the request to arrive", || {
        !target.simulator.requests().is_empty()
    })
    .await;
    let request = stop_provider::Request::default();
    target.provider.stop_provider(request).await.unwrap();
    let planned = patiently("the plan to end", call).await.unwrap();
    assert_no_diagnostics(&planned.diagnostics);
    let taken = began.elapsed();
    assert!(taken < LIMIT, "{taken:?}");
}
