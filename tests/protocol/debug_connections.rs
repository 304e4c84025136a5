//! `--debug` with several `provider` blocks: Terraform opens a connection for each.

use std::time::Duration;

use isales_simulator::{Latency, Simulator};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::stop_provider;

use test_support::{
    host::{Launch, patiently, until},
    retry_policy::{apply, config, plan},
    target::{Provider, configure, simulator},
    values::{assert_no_diagnostics, errors},
};

/// One process, two servers, and a connection for each.
async fn two_blocks() -> (test_support::host::Plugin, [(Simulator, Provider); 2]) {
    let plugin = Launch::debug().start_debug().await;
    let mut blocks = Vec::new();
    for _ in 0..2 {
        let simulator = simulator(Simulator::builder().campaign(25, 46)).await;
        blocks.push((simulator, plugin.provider().await));
    }
    // All are configured before one is used, as in a run of Terraform.
    for (simulator, provider) in &mut blocks {
        configure(provider, simulator, &json!({})).await;
    }
    let Ok(blocks) = blocks.try_into() else {
        unreachable!();
    };
    (plugin, blocks)
}

#[tokio::test]
async fn each_block_has_its_own_server() {
    let (_plugin, [mut one, mut other]) = two_blocks().await;
    for (block, retry_times) in [(&mut one, 1), (&mut other, 2)] {
        let config = config(46, retry_times);
        let planned = plan(&mut block.1, &Json::Null, &config).await;
        let made = apply(&mut block.1, &Json::Null, &planned).await;
        assert_no_diagnostics(&made.diagnostics);
    }
    for (block, retry_times) in [(&one, 1), (&other, 2)] {
        let kept = block.0.policy(25, 46).expect("a policy").policy_json;
        let expected = format!("'retryTimes':{retry_times}");
        assert!(kept.contains(&expected), "{kept}");
    }
}

#[tokio::test]
async fn a_stop_of_one_block_leaves_the_calls_of_the_other_alone() {
    let (_plugin, [mut one, mut other]) = two_blocks().await;
    let planned = plan(&mut one.1, &Json::Null, &config(46, 1)).await;
    one.0.clear_requests();
    one.0
        .set_latency(Latency::before(Duration::from_millis(500)));
    let call = tokio::spawn(async move { apply(&mut one.1, &Json::Null, &planned).await });
    until("the request to arrive", || !one.0.requests().is_empty()).await;
    let request = stop_provider::Request::default();
    other.1.stop_provider(request).await.unwrap();
    let answer = patiently("the call to end", call).await.unwrap();
    assert_no_diagnostics(&answer.diagnostics);
    assert!(one.0.policy(25, 46).is_some());
}

#[tokio::test]
async fn a_connection_that_was_not_configured_has_no_server() {
    let (plugin, _blocks) = two_blocks().await;
    let mut later = plugin.provider().await;
    let planned = plan(&mut later, &Json::Null, &config(46, 1)).await;
    let messages = errors(&planned.diagnostics);
    assert!(
        messages[0].contains("before it was configured"),
        "{messages:?}"
    );
}
