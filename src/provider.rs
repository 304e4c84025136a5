//! The provider `isales`: its configuration and its objects.

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

use crate::{
    call_result::CallResultsDataSource,
    campaign::{CampaignDataSource, CampaignsDataSource},
    configuration::{self, Configuration},
    functions::{DecodePolicyJson, DescribePolicy, EncodePolicyJson},
    number_type::NumberTypesDataSource,
    provider_data::ProviderData,
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
    type Data = ProviderData;

    fn schema(&self) -> Schema {
        configuration::schema()
    }

    fn resources(&self) -> Vec<ManagedResource<ProviderData>> {
        vec![ManagedResource::new(RetryPolicyResource)]
    }

    fn data_sources(&self) -> Vec<ListedDataSource<ProviderData>> {
        vec![
            ListedDataSource::new(RetryPolicyDataSource),
            ListedDataSource::new(CampaignDataSource),
            ListedDataSource::new(CampaignsDataSource),
            ListedDataSource::new(CallResultsDataSource),
            ListedDataSource::new(NumberTypesDataSource),
        ]
    }

    fn list_resources(&self) -> Vec<ListedListResource<ProviderData>> {
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
    ) -> Result<ProviderData, Diagnostics> {
        log::debug!(terraform_version = host.terraform_version.as_str(); "Configuring the provider");
        configuration::connect(config, &self.environment, diagnostics)
    }
}

#[cfg(test)]
mod tests {
    use tfplugin::lint::lint;

    use super::*;

    #[test]
    fn nothing_is_declared_in_vain() {
        let provider = IsalesProvider::new(Box::new(|_| None));
        let found: Vec<_> = lint(&provider).iter().map(ToString::to_string).collect();
        assert_eq!(found, [""; 0]);
    }
}
