//! What the author of a provider writes.

use std::future::Future;

use super::{
    data_source::ListedDataSource, diagnostics::Diagnostics, function::ListedFunction,
    list_resource::ListedListResource, model::Model, resource::ManagedResource, schema::Schema,
};

/// A provider: its configuration and what it offers.
pub trait Provider: Send + Sync + 'static {
    /// The configuration, as the schema describes it.
    type Config: Model;
    /// What the configuration makes, shared by every call.
    type Data: Send + Sync + 'static;

    /// The schema of the `provider` block.
    fn schema(&self) -> Schema;

    /// The managed resources.
    fn resources(&self) -> Vec<ManagedResource<Self::Data>>;

    /// The data sources.
    fn data_sources(&self) -> Vec<ListedDataSource<Self::Data>> {
        Vec::new()
    }

    /// The list resources: each finds objects of the managed resource of its name.
    fn list_resources(&self) -> Vec<ListedListResource<Self::Data>> {
        Vec::new()
    }

    /// The functions.
    fn functions(&self) -> Vec<ListedFunction> {
        Vec::new()
    }

    /// Judges a configuration before anything is reached; unknown values are never judged.
    fn validate(&self, config: &Self::Config) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Makes the client. Values may be unknown while Terraform plans. Warnings go to
    /// `diagnostics`.
    ///
    /// # Errors
    /// Whatever makes the configuration unusable.
    fn configure(
        &self,
        config: Self::Config,
        host: Host,
        diagnostics: &mut Diagnostics,
    ) -> impl Future<Output = Result<Self::Data, Diagnostics>> + Send;
}

/// Who runs the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The version of Terraform, or of what speaks its protocol.
    pub terraform_version: String,
}
