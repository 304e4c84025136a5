//! Where Terraform and CC-iSales meet: configuration, resources, data sources, functions.

mod api_error;
mod configuration;
mod connection;
mod places;
mod retry_policy;
mod secret;

use std::fmt;

use self::{
    configuration::Configuration, connection::Connection, retry_policy::RetryPolicyResource,
};
use crate::tf_provider::{
    diagnostics::Diagnostics,
    provider::{Host, Provider},
    resource::ManagedResource,
    schema::Schema,
};

/// The provider `isales`.
pub struct IsalesProvider {
    environment: Environment,
}

/// Looks up an environment variable.
pub type Environment = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

// === impl IsalesProvider ===

impl IsalesProvider {
    /// A provider that takes what its configuration leaves out from an environment.
    pub fn new(environment: Environment) -> Self {
        Self { environment }
    }
}

impl fmt::Debug for IsalesProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IsalesProvider")
    }
}

impl Provider for IsalesProvider {
    type Config = Configuration;
    type Client = Connection;

    fn schema(&self) -> Schema {
        configuration::schema()
    }

    fn resources(&self) -> Vec<ManagedResource<Connection>> {
        vec![ManagedResource::new(RetryPolicyResource)]
    }

    fn validate(&self, config: &Configuration) -> Diagnostics {
        configuration::validate(config)
    }

    async fn configure(
        &self,
        config: Configuration,
        host: Host,
        diagnostics: &mut Diagnostics,
    ) -> Result<Connection, Diagnostics> {
        log::debug!(terraform_version = host.terraform_version.as_str(); "configuring");
        configuration::connect(config, &self.environment, diagnostics)
    }
}
