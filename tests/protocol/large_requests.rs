//! Requests that take long to handle, and what is asked in the meantime.

use std::time::Instant;

use isales_simulator::Simulator;
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{stop_provider, validate_resource_config};

use test_support::{
    host::Launch,
    retry_policy::{TYPE, config},
    target::Target,
    values::{errors, value},
};

const ELEMENTS: usize = 20_000;

/// A configuration in which every element is wrong.
fn fractions() -> Json {
    let mut config = config(46, 1);
    let mut element = config["policy_json"][0].take();
    element["retry_times"] = json!(1.5);
    config["policy_json"] = vec![element; ELEMENTS].into();
    config
}

#[tokio::test]
async fn a_stop_is_answered_while_a_large_configuration_is_validated() {
    let launch = Launch::hosted().env("TF_LOG", "TRACE");
    let simulator = Simulator::builder().campaign(25, 46);
    let mut target = Target::launched(launch, simulator, json!({})).await;
    let request = validate_resource_config::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&fractions())),
        ..Default::default()
    };
    let (mut provider, begun) = (target.provider.clone(), Instant::now());
    let validation = tokio::spawn(async move {
        let checked = provider.validate_resource_config(request).await;
        (checked.unwrap().into_inner().diagnostics, begun.elapsed())
    });
    let line = target.plugin.stderr_line("ValidateResourceConfig").await;
    assert!(line.contains("Received request"), "{line}");
    let request = stop_provider::Request::default();
    target.provider.stop_provider(request).await.unwrap();
    assert!(!validation.is_finished(), "the stop had to wait");

    let (diagnostics, took) = validation.await.unwrap();
    let messages = errors(&diagnostics);
    assert!(
        messages[0].starts_with("policy_json/0/retry_times: "),
        "{}",
        messages[0]
    );
    // The first hundred, and how many more there are: a global policy should have one element.
    assert_eq!(messages.len(), 101);
    assert!(messages[100].contains("19901 more"), "{}", messages[100]);
    // Without optimization, a copy of the configuration for each finding took a minute.
    assert!(took.as_secs() < 10, "{took:?}");
}
