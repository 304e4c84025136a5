//! What the provider says it offers, asked over the protocol.

use std::collections::BTreeMap;

use terraform_provider_isales::IsalesProvider;
use tfplugin::{
    proto::tfplugin6::{
        Function, ResourceIdentitySchema, Schema, get_provider_schema,
        get_resource_identity_schemas, provider_server::Provider as _,
    },
    service::Service,
};

use crate::Error;

/// The schemas and functions of the provider, by name.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The `provider` block.
    pub provider: Schema,
    /// Managed resources.
    pub resources: BTreeMap<String, Schema>,
    /// Their identities.
    pub identities: BTreeMap<String, ResourceIdentitySchema>,
    /// Data sources.
    pub data_sources: BTreeMap<String, Schema>,
    /// List resources, which `terraform providers schema -json` shows from 1.14 on only.
    pub list_resources: BTreeMap<String, Schema>,
    /// The arguments of actions, which `terraform providers schema -json` shows from 1.14 on only.
    pub actions: BTreeMap<String, Schema>,
    /// Functions.
    pub functions: BTreeMap<String, Function>,
}

impl Offer {
    /// Asks the provider, in this process and without a server.
    ///
    /// # Errors
    /// [`Error::Provider`] where a call has no answer, [`Error::File`] where no runtime starts.
    pub fn ask() -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(Error::file("the asynchronous runtime".as_ref()))?;
        runtime.block_on(Self::answers())
    }

    async fn answers() -> Result<Self, Error> {
        let service = Service::new(IsalesProvider::new(Box::new(|_| None), 0));
        let request = tonic::Request::new(get_provider_schema::Request::default());
        let schemas = service.get_provider_schema(request).await?.into_inner();
        let request = tonic::Request::new(get_resource_identity_schemas::Request::default());
        let identities = service.get_resource_identity_schemas(request).await?;
        Ok(Self {
            provider: schemas.provider.unwrap_or_default(),
            resources: schemas.resource_schemas.into_iter().collect(),
            identities: identities
                .into_inner()
                .identity_schemas
                .into_iter()
                .collect(),
            data_sources: schemas.data_source_schemas.into_iter().collect(),
            list_resources: schemas.list_resource_schemas.into_iter().collect(),
            actions: schemas
                .action_schemas
                .into_iter()
                .map(|(name, action)| (name, action.schema.unwrap_or_default()))
                .collect(),
            functions: schemas.functions.into_iter().collect(),
        })
    }
}
