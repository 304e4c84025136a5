//! The attribute `timeouts` of the resource.

use std::time::Duration;

use isales_simulator::{Fault, Latency, Script, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::validate_resource_config;

use test_support::{
    retry_policy::{TYPE, apply, config, plan, read},
    target::Target,
    values::{assert_no_diagnostics, errors, json, value},
};

/// Longer than the test waits for anything.
const FOREVER: Duration = Duration::from_secs(600);

/// A policy with one of the four timeouts.
fn with_timeout(operation: &str, timeout: &str, retry_times: i64) -> Json {
    let mut config = config(46, retry_times);
    config["timeouts"] = json!({"create": null, "read": null, "update": null, "delete": null});
    config["timeouts"][operation] = json!(timeout);
    config
}

/// A server with one campaign, and a provider with all the time in the world.
async fn target() -> Target {
    Target::configured(
        Simulator::builder().campaign(25, 46),
        json!({"request_timeout": "1h"}),
    )
    .await
}

/// The one error: about the timeout of this operation, and about what was done.
fn names_the_timeout(errors: &[String], operation: &str, what_was_done: &str) {
    let [error] = errors else {
        panic!("{errors:?}");
    };
    for part in [
        "timeouts: ",
        "took longer than 1s",
        &format!("raise timeouts.{operation}"),
        what_was_done,
    ] {
        assert!(error.contains(part), "not {part:?} in {error}");
    }
}

#[tokio::test]
async fn a_create_that_ran_out_of_time_is_kept_only_if_it_was_sent() {
    let mut target = target().await;
    let config = with_timeout("create", "1s", 1);
    let planned = plan(&mut target.provider, &Json::Null, &config).await;
    assert_no_diagnostics(&planned.diagnostics);
    // In another run, the query of the plan does not serve the create.
    target.begin_run().await;
    let provider = &mut target.provider;

    target.simulator.set_latency(Latency::before(FOREVER));
    let failed = apply(provider, &Json::Null, &planned).await;
    let messages = errors(&failed.diagnostics);
    names_the_timeout(&messages, "create", "nothing was set");
    assert_eq!(json(failed.new_state.as_ref()), Json::Null);

    target.simulator.set_latency(Latency::default());
    let silence = Script::fault(Fault::SlowDrip).method("POST");
    target.simulator.script(silence);
    let failed = apply(provider, &Json::Null, &planned).await;
    let messages = errors(&failed.diagnostics);
    names_the_timeout(&messages, "create", "before it was confirmed");
    assert_eq!(json(failed.new_state.as_ref())["id"], "25/46");
    assert!(target.simulator.policy(25, 46).is_some());
}

#[tokio::test]
async fn reads_and_updates_run_out_of_time_and_leave_the_state() {
    let mut target = target().await;
    let provider = &mut target.provider;
    let planned = plan(provider, &Json::Null, &with_timeout("read", "1s", 1)).await;
    let made = apply(provider, &Json::Null, &planned).await;
    assert_no_diagnostics(&made.diagnostics);
    let state = json(made.new_state.as_ref());

    // Other timeouts alone: nothing goes to the server.
    target.simulator.clear_requests();
    let change = plan(provider, &state, &with_timeout("update", "1s", 1)).await;
    let changed = apply(provider, &state, &change).await;
    assert_no_diagnostics(&changed.diagnostics);
    let changed = json(changed.new_state.as_ref());
    assert_eq!(changed["timeouts"]["update"], "1s");
    assert_eq!(changed["retry_policy_id"], state["retry_policy_id"]);
    assert!(target.simulator.requests().is_empty());

    target.simulator.set_latency(Latency::before(FOREVER));
    let seen = read(provider, &state, made.private.clone()).await;
    names_the_timeout(&errors(&seen.diagnostics), "read", "could not be read");
    assert_eq!(json(seen.new_state.as_ref()), state);

    let change = plan(provider, &changed, &with_timeout("update", "1s", 2)).await;
    let failed = apply(provider, &changed, &change).await;
    let messages = errors(&failed.diagnostics);
    names_the_timeout(&messages, "update", "nothing was set");
    assert_eq!(json(failed.new_state.as_ref()), Json::Null);
}

#[tokio::test]
async fn a_timeout_that_is_no_duration_is_refused_at_plan() {
    let mut target = target().await;
    let config = with_timeout("delete", "soon", 1);
    let request = validate_resource_config::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&config)),
        ..Default::default()
    };
    let checked = target.provider.validate_resource_config(request).await;
    let messages = errors(&checked.unwrap().into_inner().diagnostics);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("timeouts/delete: "), "{messages:?}");
}
