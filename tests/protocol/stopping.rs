//! A user who wants to stop.

use std::time::Duration;

use isales_simulator::{Fault, Latency, Script, Simulator};
use nix::sys::signal::Signal;
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::stop_provider;

use test_support::{
    host::{Launch, Plugin, patiently, until},
    retry_policy::{apply, config, plan},
    target::{Target, configure, simulator},
    values::{errors, json as state},
};

/// Longer than the test waits for anything.
const FOREVER: Duration = Duration::from_secs(600);

#[tokio::test]
async fn a_stop_ends_calls_in_flight_and_the_provider_goes_on() {
    let mut target = Target::with(Simulator::builder().campaign(25, 46)).await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    // In another run, the query of the plan does not serve the create.
    target.begin_run().await;
    target.simulator.clear_requests();
    target.simulator.set_latency(Latency::before(FOREVER));
    let mut applying = target.provider.clone();
    let waiting = planned.clone();
    let call = tokio::spawn(async move { apply(&mut applying, &Json::Null, &waiting).await });
    until("the request to arrive", || {
        !target.simulator.requests().is_empty()
    })
    .await;

    let request = stop_provider::Request::default();
    let stopped = target.provider.stop_provider(request).await.unwrap();
    assert_eq!(stopped.get_ref().error, "");
    let answer = patiently("the call to end", call).await.unwrap();
    // Nothing was posted, so there is nothing to remember.
    assert_eq!(state(answer.new_state.as_ref()), Json::Null);
    let messages = errors(&answer.diagnostics);
    assert!(messages[0].contains("cancelled"), "{messages:?}");
    assert_eq!(target.simulator.policy(25, 46), None);

    target.simulator.set_latency(Latency::default());
    let again = apply(&mut target.provider, &Json::Null, &planned).await;
    assert!(errors(&again.diagnostics).is_empty());
    assert!(target.simulator.policy(25, 46).is_some());
}

#[tokio::test]
async fn a_policy_that_was_sent_and_not_confirmed_is_kept_as_doubtful() {
    let mut target = Target::with(Simulator::builder().campaign(25, 46)).await;
    let planned = plan(&mut target.provider, &Json::Null, &config(46, 1)).await;
    // The POST is stored, and its reply never ends.
    let endless = Script::fault(Fault::EndlessBody).method("POST");
    target.simulator.script(endless);
    let mut applying = target.provider.clone();
    let waiting = planned.clone();
    let call = tokio::spawn(async move { apply(&mut applying, &Json::Null, &waiting).await });
    until("the policy to be stored", || {
        target.simulator.policy(25, 46).is_some()
    })
    .await;
    let request = stop_provider::Request::default();
    target.provider.stop_provider(request).await.unwrap();
    let answer = patiently("the call to end", call).await.unwrap();
    // A state in addition to an error: Terraform marks the resource as tainted.
    let kept = state(answer.new_state.as_ref());
    assert_eq!(kept["id"], "25/46");
    assert_eq!(errors(&answer.diagnostics).len(), 1);
}

/// Signals a plugin whose POST was stored and not confirmed, and sees what it answers.
async fn reports_what_it_knows_after(signal: Signal, plugin: Plugin) {
    let simulator = simulator(Simulator::builder().campaign(25, 46)).await;
    let mut provider = plugin.provider().await;
    configure(&mut provider, &simulator, &json!({})).await;
    let planned = plan(&mut provider, &Json::Null, &config(46, 1)).await;
    simulator.script(Script::fault(Fault::SlowDrip).method("POST"));
    let call = tokio::spawn(async move { apply(&mut provider, &Json::Null, &planned).await });
    until("the policy to be stored", || {
        simulator.policy(25, 46).is_some()
    })
    .await;
    plugin.signal(signal);
    let answer = patiently("the call to end", call).await.unwrap();
    assert_eq!(state(answer.new_state.as_ref())["id"], "25/46");
    assert_eq!(errors(&answer.diagnostics).len(), 1);
    let ended = plugin.ended().await;
    assert!(ended.status.success(), "{ended:?}");
    assert!(ended.leftovers.is_empty(), "{ended:?}");
}

#[tokio::test]
async fn a_sigterm_ends_calls_in_flight_and_waits_for_their_answers() {
    let plugin = Launch::hosted().start().await;
    reports_what_it_knows_after(Signal::SIGTERM, plugin).await;
}

#[tokio::test]
async fn a_signal_to_a_plugin_under_debug_does_likewise() {
    for signal in [Signal::SIGINT, Signal::SIGHUP, Signal::SIGTERM] {
        let plugin = Launch::debug().start_debug().await;
        reports_what_it_knows_after(signal, plugin).await;
    }
}
