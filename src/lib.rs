//! Where Terraform and CC-iSales meet: configuration, resources, data sources, functions.

#![forbid(unsafe_code)]

mod api_error;
mod call_results;
mod campaign_filter;
mod campaigns;
mod configuration;
mod connection;
mod functions;
mod number_types;
mod places;
mod retry_policy;
mod secret;

use std::fmt;

use tfplugin::{
    data_source::ListedDataSource,
    diagnostics::Diagnostics,
    function::ListedFunction,
    list_resource::ListedListResource,
    provider::{Host, Provider},
    resource::ManagedResource,
    schema::Schema,
};

use self::{
    call_results::CallResultsDataSource,
    campaigns::{CampaignDataSource, CampaignsDataSource},
    configuration::Configuration,
    connection::Connection,
    functions::{DecodePolicyJson, DescribePolicy, EncodePolicyJson},
    number_types::NumberTypesDataSource,
    retry_policy::{RetryPolicyDataSource, RetryPolicyList, RetryPolicyResource},
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

    fn data_sources(&self) -> Vec<ListedDataSource<Connection>> {
        vec![
            ListedDataSource::new(RetryPolicyDataSource),
            ListedDataSource::new(CampaignDataSource),
            ListedDataSource::new(CampaignsDataSource),
            ListedDataSource::new(CallResultsDataSource),
            ListedDataSource::new(NumberTypesDataSource),
        ]
    }

    fn list_resources(&self) -> Vec<ListedListResource<Connection>> {
        vec![ListedListResource::new(
            RetryPolicyList,
            &RetryPolicyResource,
        )]
    }

    fn functions(&self) -> Vec<ListedFunction> {
        vec![
            ListedFunction::new(EncodePolicyJson),
            ListedFunction::new(DecodePolicyJson),
            ListedFunction::new(DescribePolicy),
        ]
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

#[cfg(test)]
mod tests {
    use tfplugin::service::defects;

    use super::*;

    #[test]
    fn nothing_is_declared_in_vain() {
        let provider = IsalesProvider::new(Box::new(|_| None));
        let found: Vec<_> = defects(&provider).iter().map(ToString::to_string).collect();
        assert_eq!(found, [""; 0]);
    }
}
