//! Configurations with several things wrong at once.

use serde_json::json;
use terraform_provider_isales::tf_provider::proto::tfplugin6::validate_resource_config;

use crate::{
    calls::{TYPE, config},
    target::Target,
    values::{errors, value},
};

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
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
    let mut told = errors(&checked.unwrap().into_inner().diagnostics);
    told.sort();
    let places: Vec<_> = told
        .iter()
        .map(|error| error.split(": ").next().unwrap())
        .collect();
    let expected = [
        "campaign_id",
        "policy_json/0/retry_day",
        "policy_json/0/retry_times",
        "policy_type",
    ];
    assert_eq!(places, expected, "{told:?}");
}
