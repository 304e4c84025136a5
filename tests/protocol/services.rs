//! The services beside the provider, and the transport's limits.

use terraform_provider_isales::tf_provider::proto::{
    health::{HealthCheckRequest, health_check_response::ServingStatus},
    tfplugin6::{DynamicValue, validate_data_resource_config},
};
use tonic::Code;

use crate::host::Launch;

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

#[tokio::test]
async fn a_value_of_five_megabytes_passes() {
    let plugin = Launch::hosted().start().await;
    let value = DynamicValue {
        msgpack: vec![0xc0; 5 << 20],
        json: Vec::new(),
    };
    let request = validate_data_resource_config::Request {
        type_name: "isales_nothing".to_owned(),
        config: Some(value),
    };
    let answer = plugin
        .provider()
        .await
        .validate_data_resource_config(request)
        .await;
    // No such data source exists: what counts is that the answer is not about the size.
    if let Err(status) = answer {
        let about_size = [Code::OutOfRange, Code::ResourceExhausted];
        assert!(!about_size.contains(&status.code()), "{status}");
    }
}
