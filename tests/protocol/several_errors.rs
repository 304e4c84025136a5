//! Configurations with several things wrong at once.

use serde_json::json;
use tfplugin::proto::tfplugin6::validate_resource_config;

use test_support::{
    retry_policy::{TYPE, config},
    target::Target,
    values::{errors, value},
};

#[tokio::test]
async fn all_errors_are_reported_at_once() {
    let mut target = Target::start().await;
    let mut config = config(0, 1);
    config["policy_type"] = json!(7);
    config["policy_json"][0]["retry_times"] = json!(1.5);
    config["policy_json"][0]["retry_day"] = json!(2.5);
    let request = validate_resource_config::Request {
        type_name: TYPE.to_owned(),
        config: Some(value(&config)),
        ..Default::default()
    };
    let checked = target.provider.validate_resource_config(request).await;
    let mut messages = errors(&checked.unwrap().into_inner().diagnostics);
    messages.sort();
    let places: Vec<_> = messages
        .iter()
        .map(|error| error.split(": ").next().unwrap())
        .collect();
    let expected = [
        "campaign_id",
        "policy_json/0/retry_day",
        "policy_json/0/retry_times",
        "policy_type",
    ];
    assert_eq!(places, expected, "{messages:?}");
}

#[tokio::test]
async fn a_number_beyond_all_use_is_its_writers_mistake() {
    let mut target = Target::start().await;
    for number in ["0.", "-0."] {
        let mut config = config(46, 1);
        // As Terraform passes on 1e-20000.
        let number = format!("{number}{}1", "0".repeat(19_999));
        config["policy_json"][0]["retry_times"] = json!(number);
        let request = validate_resource_config::Request {
            type_name: TYPE.to_owned(),
            config: Some(value(&config)),
            ..Default::default()
        };
        let checked = target.provider.validate_resource_config(request).await;
        let diagnostics = checked.unwrap().into_inner().diagnostics;
        let messages = errors(&diagnostics);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert_eq!(diagnostics[0].summary, "Number Out Of Range");
        assert!(
            messages[0].starts_with("policy_json/0/retry_times: "),
            "{messages:?}"
        );
        assert!(!messages[0].contains("bug"), "{messages:?}");
    }
}
