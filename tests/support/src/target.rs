//! A provider that is configured for a simulator.

use isales_simulator::{Simulator, SimulatorBuilder};
use serde_json::{Value as Json, json};
use tfplugin::proto::tfplugin6::{configure_provider, provider_client::ProviderClient};

use crate::{
    host::{Launch, Plugin},
    values::{assert_no_diagnostics, value},
};

/// Calls on the provider's service.
pub type Provider = ProviderClient<tonic::transport::Channel>;

/// A simulator, a provider, and a connection between them.
pub struct Target {
    pub simulator: Simulator,
    pub provider: Provider,
    pub plugin: Plugin,
    arguments: Json,
}

// === impl Target ===

impl Target {
    /// Campaigns 46 and 47 of VDN 25, which is the provider's own.
    pub async fn start() -> Self {
        Self::with(Simulator::builder().campaigns(25, [46, 47])).await
    }

    pub async fn with(simulator: SimulatorBuilder) -> Self {
        Self::configured(simulator, json!({})).await
    }

    /// With further arguments of the provider.
    pub async fn configured(simulator: SimulatorBuilder, arguments: Json) -> Self {
        Self::launched(Launch::hosted(), simulator, arguments).await
    }

    /// With a start of the provider's own.
    pub async fn launched(launch: Launch, simulator: SimulatorBuilder, arguments: Json) -> Self {
        let simulator = self::simulator(simulator).await;
        let plugin = launch.start().await;
        let provider = plugin.provider().await;
        let mut target = Self {
            simulator,
            provider,
            plugin,
            arguments,
        };
        target.begin_run().await;
        target
    }

    /// Configures the provider, as each run of Terraform does.
    pub async fn begin_run(&mut self) {
        configure(&mut self.provider, &self.simulator, &self.arguments).await;
    }
}

/// A simulator with the keys that [`configure`] gives to the provider.
pub async fn simulator(simulator: SimulatorBuilder) -> Simulator {
    simulator.credentials("AK", "SK").start().await.unwrap()
}

/// Configures a provider for a simulator, with further arguments.
pub async fn configure(provider: &mut Provider, simulator: &Simulator, arguments: &Json) {
    let mut config = blank_configuration();
    config["endpoint"] = json!(simulator.endpoint());
    config["vdn_id"] = json!(25);
    config["access_key"] = json!("AK");
    config["secret_key"] = json!("SK");
    config["ca_cert_pem"] = json!(simulator.ca_pem());
    config["max_retries"] = json!(0);
    for (name, argument) in arguments.as_object().expect("arguments") {
        config[name] = argument.clone();
    }
    let request = configure_provider::Request {
        terraform_version: "1.14.0".to_owned(),
        config: Some(value(&config)),
        client_capabilities: None,
    };
    let configured = provider.configure_provider(request).await;
    assert_no_diagnostics(&configured.unwrap().into_inner().diagnostics);
}

/// A `provider` block in which nothing is set.
pub fn blank_configuration() -> Json {
    json!({
        "endpoint": null, "vdn_id": null, "access_key": null, "secret_key": null, "locale": null,
        "ca_cert_file": null, "ca_cert_pem": null, "client_cert_file": null,
        "client_key_file": null, "insecure": null, "proxy_url": null, "connect_timeout": null,
        "request_timeout": null, "max_retries": null, "max_concurrent_requests": null,
        "requests_per_second": null, "compatibility": null,
    })
}
