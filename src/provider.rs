//! The provider `isales`: its configuration, and the objects it offers.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use tfplugin::{
    diagnostics::Diagnostics,
    provider::{Host, Provider},
    registry::{
        ActionHandle, DataSourceHandle, FunctionHandle, ListResourceHandle, ResourceHandle,
    },
    schema::Schema,
};

use crate::{
    business_result::BusinessResultsDataSource,
    call_batch::{CallBatchAction, CallBatchList, CallBatchResource, CallBatchesDataSource},
    call_result::{CallResultList, CallResultResource, CallResultsDataSource},
    campaign::{CampaignAction, CampaignDataSource, CampaignsDataSource},
    configuration::{self, Configuration, Environment},
    functions::{DecodePolicyJson, DescribePolicy, EncodePolicyJson},
    number_type::NumberTypesDataSource,
    obs_result_code::ObsResultCodesDataSource,
    provider_data::ProviderData,
    retry_policy::{RetryPolicyDataSource, RetryPolicyList, RetryPolicyResource},
    special_date::{SpecialDateList, SpecialDateResource, SpecialDatesDataSource},
};

/// The provider `isales`.
pub struct IsalesProvider {
    environment: Environment,
    random: Mutex<fastrand::Rng>,
}

// === impl IsalesProvider ===

impl IsalesProvider {
    /// Creates a provider. Settings that its configuration omits come from `environment`. `seed`
    /// seeds its random numbers and must differ between processes.
    pub fn new(environment: Environment, seed: u64) -> Self {
        Self {
            environment,
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
        }
    }

    /// Returns a source of random numbers for one configuration.
    fn random(&self) -> fastrand::Rng {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        random.fork()
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

    fn resources(&self) -> Vec<ResourceHandle<ProviderData>> {
        vec![
            ResourceHandle::builder(RetryPolicyResource)
                .with_identity()
                .with_import()
                .with_move()
                .build(),
            ResourceHandle::builder(CallBatchResource)
                .with_identity()
                .with_import()
                .build(),
            ResourceHandle::builder(SpecialDateResource)
                .with_identity()
                .with_import()
                .build(),
            ResourceHandle::builder(CallResultResource)
                .with_identity()
                .with_import()
                .build(),
        ]
    }

    fn data_sources(&self) -> Vec<DataSourceHandle<ProviderData>> {
        vec![
            DataSourceHandle::new(RetryPolicyDataSource),
            DataSourceHandle::new(CampaignDataSource),
            DataSourceHandle::new(CampaignsDataSource),
            DataSourceHandle::new(CallBatchesDataSource),
            DataSourceHandle::new(CallResultsDataSource),
            DataSourceHandle::new(NumberTypesDataSource),
            DataSourceHandle::new(ObsResultCodesDataSource),
            DataSourceHandle::new(BusinessResultsDataSource),
            DataSourceHandle::new(SpecialDatesDataSource),
        ]
    }

    fn list_resources(&self) -> Vec<ListResourceHandle<ProviderData>> {
        vec![
            ListResourceHandle::new(RetryPolicyList),
            ListResourceHandle::new(CallBatchList),
            ListResourceHandle::new(CallResultList),
            ListResourceHandle::new(SpecialDateList),
        ]
    }

    fn actions(&self) -> Vec<ActionHandle<ProviderData>> {
        vec![
            ActionHandle::new(CampaignAction::PAUSE),
            ActionHandle::new(CampaignAction::RESUME),
            ActionHandle::new(CallBatchAction::PAUSE),
            ActionHandle::new(CallBatchAction::RESUME),
        ]
    }

    fn functions(&self) -> Vec<FunctionHandle> {
        vec![
            FunctionHandle::new(EncodePolicyJson),
            FunctionHandle::new(DecodePolicyJson),
            FunctionHandle::new(DescribePolicy),
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
        let data = configuration::connect(config, &self.environment, diagnostics).await?;
        Ok(data.with_random(self.random()))
    }
}

#[cfg(test)]
mod tests {
    use tfplugin::lint::lint;

    use super::*;

    #[test]
    fn every_declaration_is_valid() {
        let provider = IsalesProvider::new(Box::new(|_| None), 0);
        let found: Vec<_> = lint(&provider).iter().map(ToString::to_string).collect();
        assert_eq!(found, [""; 0]);
    }
}
