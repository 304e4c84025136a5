//! What ends a wait, and what it says.

use std::time::{Duration, Instant};

use isales_simulator::{Fault, Latency, Script, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::stop_provider;

use test_support::{
    host::{Launch, patiently},
    retry_policy::{apply, config, plan, read},
    target::Target,
    values::{assert_no_diagnostics, errors, json},
};

fn with_timeout(operation: &str, timeout: &str, retry_times: i64) -> Json {
    let mut config = config(46, retry_times);
    config["timeouts"] = json!({"create": null, "read": null, "update": null, "delete": null});
    config["timeouts"][operation] = json!(timeout);
    config
}

/// A provider that tries more often than any test waits for, and logs each wait.
async fn target() -> Target {
    let launch = Launch::hosted().env("TF_LOG", "DEBUG");
    let arguments = json!({"max_retries": 50});
    Target::launched(launch, Simulator::builder().campaign(25, 46), arguments).await
}

fn busy(status: u16, retry_after: &str) -> Script {
    Script::reply(status, "{}")
        .header("Retry-After", retry_after)
        .times(u32::MAX)
}

fn assert_says(errors: &[String], parts: &[&str]) {
    let [error] = errors else {
        panic!("{errors:?}");
    };
    for part in parts {
        assert!(error.contains(part), "not {part:?} in {error}");
    }
}

#[tokio::test]
async fn a_wait_beyond_the_timeout_is_not_begun() {
    let mut target = target().await;
    let config = with_timeout("create", "50s", 1);
    let planned = plan(&mut target.provider, &Json::Null, &config).await;
    target.simulator.script(busy(429, "86400"));
    let began = Instant::now();
    let failed = apply(&mut target.provider, &Json::Null, &planned).await;
    assert!(began.elapsed() < Duration::from_secs(20));
    let messages = errors(&failed.diagnostics);
    assert_says(
        &messages,
        &[
            "could not be set",
            "HTTP status is 429",
            "tried once",
            "asks to wait for 86400s",
        ],
    );
    assert!(!messages[0].contains("raise"), "{messages:?}");
    // The query of the plan serves the create.
    let requests = target.simulator.requests();
    let methods: Vec<_> = requests.iter().map(|one| one.method.as_str()).collect();
    assert_eq!(methods, ["GET", "POST"]);
}

#[tokio::test]
async fn a_timeout_says_what_it_waited_for() {
    let mut target = target().await;
    let planned = plan(
        &mut target.provider,
        &Json::Null,
        &with_timeout("read", "4s", 1),
    )
    .await;
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    let state = json(made.new_state.as_ref());
    // The second reply never ends.
    target.simulator.script(busy(503, "0").times(1));
    target.simulator.script(Script::fault(Fault::SlowDrip));
    let seen = read(&mut target.provider, &state, made.private).await;
    assert_says(
        &errors(&seen.diagnostics),
        &["took longer than 4s", "tried once", "HTTP status is 503"],
    );
}

#[tokio::test]
async fn an_interrupt_says_what_it_waited_for() {
    let mut target = target().await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    target.simulator.script(busy(503, "30"));
    let mut applying = target.provider.clone();
    let call = tokio::spawn(async move { apply(&mut applying, &Json::Null, &planned).await });
    // The log says when the plugin waits.
    target
        .plugin
        .stderr_line("Waiting before the request is made again")
        .await;
    let stop = stop_provider::Request::default();
    target.provider.stop_provider(stop).await.unwrap();
    let answer = patiently("the call to end", call).await.unwrap();
    assert_says(
        &errors(&answer.diagnostics),
        &["was cancelled", "tried once", "HTTP status is 503"],
    );
}

#[tokio::test]
async fn updates_of_one_campaign_take_turns() {
    let mut target = Target::start().await;
    let mut config = config(46, 1);
    config["on_conflict"] = json!("overwrite");
    let planned = plan(&mut target.provider, &Json::Null, &config).await;
    let made = apply(&mut target.provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    let state = json(made.new_state.as_ref());

    let mut plans = Vec::new();
    for retry_times in [2, 3] {
        config["policy_json"][0]["retry_times"] = json!(retry_times);
        plans.push(plan(&mut target.provider, &state, &config).await);
    }
    target.simulator.clear_requests();
    // Long enough for the requests of both to meet.
    target
        .simulator
        .set_latency(Latency::before(Duration::from_millis(200)));
    let updates = plans.into_iter().map(|planned| {
        let (mut provider, state) = (target.provider.clone(), state.clone());
        tokio::spawn(async move { apply(&mut provider, &state, &planned).await })
    });
    for update in updates.collect::<Vec<_>>() {
        let updated = patiently("an update", update).await.unwrap();
        assert_no_diagnostics(&updated.diagnostics);
    }
    let requests = target.simulator.requests();
    let methods: Vec<_> = requests.iter().map(|request| &*request.method).collect();
    assert_eq!(methods, ["GET", "POST", "GET", "GET", "POST", "GET"]);
}
