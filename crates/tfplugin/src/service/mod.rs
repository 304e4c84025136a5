//! The protocol's service: decodes each call, finds its handler, encodes the answer.

mod any_resource;
mod calls;
mod data_source;
mod function;
mod list_resource;
mod planning;
mod registered_resource;
mod resource;
mod rpc;
mod schema;
#[cfg(test)]
mod tests;
mod validate;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use tonic::Request;

pub(super) use self::{
    any_resource::AnyResource, data_source::AnyDataSource, function::AnyFunction,
    list_resource::AnyListResource,
};
use self::{calls::Calls, validate::judge};
use crate::{
    codec,
    connection::ConnectionSlot,
    data_source::ListedDataSource,
    diagnostics::{Diagnostic, Diagnostics},
    function::ListedFunction,
    list_resource::ListedListResource,
    model::FromValue as _,
    proto::tfplugin6 as pb,
    provider::{Host, Provider},
    resource::ManagedResource,
    schema::Schema,
    serve::Served,
    value::types::Type,
};

/// Serves a [`Provider`] over the protocol. Cheap to clone: clones are one service.
pub struct Service<P: Provider>(Arc<Instance<P>>);

/// A provider as one `provider` block configures it.
struct Instance<P: Provider> {
    offer: Arc<Offer<P>>,
    client: RwLock<Option<Arc<P::Data>>>,
    calls: Calls,
}

/// What a provider offers, whatever its configuration.
struct Offer<P: Provider> {
    provider: P,
    schema: Schema,
    config_ty: Type,
    resources: BTreeMap<&'static str, ManagedResource<P::Data>>,
    data_sources: BTreeMap<&'static str, ListedDataSource<P::Data>>,
    list_resources: BTreeMap<&'static str, ListedListResource<P::Data>>,
    functions: BTreeMap<&'static str, ListedFunction>,
}

// === impl Service ===

impl<P: Provider> Service<P> {
    /// A service that is not configured yet.
    pub fn new(provider: P) -> Self {
        Self(Arc::new(Instance {
            offer: Arc::new(Offer::new(provider)),
            client: RwLock::new(None),
            calls: Calls::new(),
        }))
    }

    /// The instance that is asked: the connection's own, or the one that all connections share.
    fn instance<T>(&self, request: &Request<T>) -> Arc<Instance<P>> {
        match request.extensions().get::<Option<ConnectionSlot>>() {
            Some(Some(slot)) => slot.get_or_make(|| self.0.sibling()),
            Some(None) | None => Arc::clone(&self.0),
        }
    }
}

impl<P: Provider> Served for Service<P> {
    async fn wind_down(&self) {
        self.0.calls.wind_down().await;
    }
}

impl<P: Provider> Clone for Service<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: Provider> fmt::Debug for Service<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("resources", &self.0.offer.resources)
            .finish_non_exhaustive()
    }
}

// === impl Offer ===

impl<P: Provider> Offer<P> {
    fn new(provider: P) -> Self {
        let schema = provider.schema();
        Self {
            config_ty: schema.implied_type(),
            schema,
            resources: by_name(provider.resources(), |listed| listed.0.type_name()),
            data_sources: by_name(provider.data_sources(), |listed| listed.0.type_name()),
            list_resources: by_name(provider.list_resources(), |listed| listed.0.type_name()),
            functions: by_name(provider.functions(), |listed| listed.0.name()),
            provider,
        }
    }
}

fn by_name<T>(listed: Vec<T>, name: impl Fn(&T) -> &'static str) -> BTreeMap<&'static str, T> {
    listed.into_iter().map(|one| (name(&one), one)).collect()
}

// === impl Instance ===

impl<P: Provider> Instance<P> {
    /// Another one, not configured yet, whose calls end with those of this one.
    fn sibling(&self) -> Self {
        Self {
            offer: Arc::clone(&self.offer),
            client: RwLock::new(None),
            calls: self.calls.sibling(),
        }
    }

    fn validate_config(&self, request: &pb::validate_provider_config::Request) -> Diagnostics {
        let config = match codec::decode(request.config.as_ref(), &self.offer.config_ty) {
            Ok(config) => config,
            Err(error) => return Diagnostic::from(error).into(),
        };
        judge(&self.offer.schema.attributes, config, true, |config| {
            self.offer.provider.validate(config)
        })
    }

    async fn configure(&self, request: pb::configure_provider::Request) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let config = codec::decode(request.config.as_ref(), &self.offer.config_ty)
            .map_err(Diagnostic::from)
            .and_then(|config| Ok(P::Config::from_value(config)?));
        let host = Host {
            terraform_version: request.terraform_version,
        };
        let result = match config {
            Ok(config) => {
                self.offer
                    .provider
                    .configure(config, host, &mut diagnostics)
                    .await
            }
            Err(error) => Err(error.into()),
        };
        match result {
            Ok(client) => {
                let mut slot = self.client.write().unwrap_or_else(PoisonError::into_inner);
                *slot = Some(Arc::new(client));
            }
            Err(errors) => diagnostics.extend(errors),
        }
        diagnostics
    }

    fn client(&self) -> Result<Arc<P::Data>, Diagnostic> {
        let slot = self.client.read().unwrap_or_else(PoisonError::into_inner);
        slot.clone().ok_or_else(|| {
            Diagnostic::error(
                "Provider Not Configured",
                "The provider was asked to work before it was configured. Look for an earlier \
                 error about its configuration.",
            )
        })
    }

    fn resource(&self, type_name: &str) -> Result<&dyn AnyResource<P::Data>, Diagnostic> {
        match self.offer.resources.get(type_name) {
            Some(resource) => Ok(resource.0.as_ref()),
            None => Err(Diagnostic::error(
                "Unknown Resource Type",
                format!("This provider has no resource {type_name:?}."),
            )),
        }
    }
}
