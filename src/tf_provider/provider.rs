//! What the author of a provider writes.

use std::future::Future;

use super::{diagnostics::Diagnostics, model::Model, resource::ManagedResource, schema::Schema};

/// A provider: its configuration and what it offers.
pub trait Provider: Send + Sync + 'static {
    /// The configuration, as the schema describes it.
    type Config: Model;
    /// What the configuration makes, shared by every call.
    type Client: Send + Sync + 'static;

    /// The schema of the `provider` block.
    fn schema(&self) -> Schema;

    /// The managed resources.
    fn resources(&self) -> Vec<ManagedResource<Self::Client>>;

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
    ) -> impl Future<Output = Result<Self::Client, Diagnostics>> + Send;
}

/// Who runs the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The version of Terraform, or of what speaks its protocol.
    pub terraform_version: String,
}
