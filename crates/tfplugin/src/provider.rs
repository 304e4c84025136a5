//! The trait that the author of a provider implements.

use std::future::Future;

use crate::{
    diagnostics::Diagnostics,
    model::Model,
    registry::{
        ActionHandle, DataSourceHandle, FunctionHandle, ListResourceHandle, ResourceHandle,
    },
    schema::Schema,
};

/// A provider: its configuration and the objects that it offers.
pub trait Provider: Send + Sync + 'static {
    /// The configuration, one field for each attribute of the schema.
    type Config: Model;
    /// The data made from the configuration, such as an API client. Every call shares it.
    type Data: Send + Sync + 'static;

    /// Returns the schema of the `provider` block.
    fn schema(&self) -> Schema;

    /// Returns the managed resources.
    fn resources(&self) -> Vec<ResourceHandle<Self::Data>> {
        Vec::new()
    }

    /// Returns the data sources.
    fn data_sources(&self) -> Vec<DataSourceHandle<Self::Data>> {
        Vec::new()
    }

    /// Returns the list resources. Each finds objects of the managed resource of its name.
    fn list_resources(&self) -> Vec<ListResourceHandle<Self::Data>> {
        Vec::new()
    }

    /// Returns the actions.
    fn actions(&self) -> Vec<ActionHandle<Self::Data>> {
        Vec::new()
    }

    /// Returns the functions.
    fn functions(&self) -> Vec<FunctionHandle> {
        Vec::new()
    }

    /// Validates a configuration without reaching anything. Values may be unknown.
    fn validate(&self, config: &Self::Config) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Makes the provider's data. Values may be unknown while Terraform plans. Warnings go to
    /// `diagnostics`.
    ///
    /// The future is dropped at an `await` when the host stops the provider, so work that blocks, such
    /// as reading a file that may be on a network, belongs on another thread.
    ///
    /// # Errors
    /// The configuration cannot be used.
    fn configure(
        &self,
        config: Self::Config,
        host: Host,
        diagnostics: &mut Diagnostics,
    ) -> impl Future<Output = Result<Self::Data, Diagnostics>> + Send;
}

/// The program that runs the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The version of Terraform, or of another program that speaks its protocol.
    pub terraform_version: String,
}
