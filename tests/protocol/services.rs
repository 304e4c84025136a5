//! The services other than the provider's, and the transport's limits.

use serde_json::json;
use tfplugin::proto::{
    health::{HealthCheckRequest, health_check_response::ServingStatus},
    tfplugin6::validate_data_resource_config,
};
use tonic::Code;

use test_support::{
    host::Launch,
    values::{errors, value},
};

/// A question about a service's health.
pub(crate) fn health(service: &str) -> HealthCheckRequest {
    HealthCheckRequest {
        service: service.to_owned(),
    }
}

#[tokio::test]
async fn the_plugin_is_healthy_and_others_are_unknown() {
    let plugin = Launch::hosted().start().await;
    let mut client = plugin.client().await.health();
    let answer = client.check(health("plugin")).await.unwrap();
    assert_eq!(answer.get_ref().status(), ServingStatus::Serving);
    let error = client.check(health("something")).await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
}

/// Far above the 4 MiB that gRPC allows by default, and within the 256 MiB of go-plugin.
const LARGE: usize = 64 << 20;

#[tokio::test]
async fn a_large_value_arrives_whole() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let config = json!({
        "vdn_id": null, "name": "a".repeat(LARGE), "status": null, "device_type": null,
        "begin_time": null, "end_time": null, "campaigns": null, "timeouts": null,
    });
    let request = validate_data_resource_config::Request {
        type_name: "isales_campaigns".to_owned(),
        config: Some(value(&config)),
    };
    let validated = provider.validate_data_resource_config(request).await;
    let messages = errors(&validated.unwrap().into_inner().diagnostics);
    // Its characters were counted.
    assert_eq!(messages.len(), 1);
    assert!(messages[0].contains(&LARGE.to_string()), "{}", messages[0]);
}
