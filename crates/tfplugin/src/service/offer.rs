//! The offer of a provider, independent of its configuration, and the calls about it.

use std::sync::OnceLock;

use crate::{
    proto::tfplugin6 as pb, provider::Provider, registry::Registry, schema::Schema,
    value::types::Type,
};

/// The capabilities beyond version 6.0 of the protocol.
const CAPABILITIES: pb::ServerCapabilities = pb::ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: true,
};

/// The offer of a provider, independent of its configuration.
pub(super) struct Offer<P: Provider> {
    pub(super) provider: P,
    declarations: OnceLock<Declarations<P::Data>>,
}

/// The schemas of a provider and of all its objects.
struct Declarations<D> {
    schema: Schema,
    config_ty: Type,
    registry: Registry<D>,
}

// === impl Offer ===

impl<P: Provider> Offer<P> {
    pub(super) fn new(provider: P) -> Self {
        Self {
            provider,
            declarations: OnceLock::new(),
        }
    }

    /// Builds the declarations at the first call that needs them: the host waits for the handshake
    /// line, which needs none.
    fn declarations(&self) -> &Declarations<P::Data> {
        self.declarations
            .get_or_init(|| Declarations::of(&self.provider))
    }

    /// Returns the schema of the provider's own configuration.
    pub(super) fn schema(&self) -> &Schema {
        &self.declarations().schema
    }

    /// Returns the type of the provider's own configuration.
    pub(super) fn config_ty(&self) -> &Type {
        &self.declarations().config_ty
    }

    pub(super) fn registry(&self) -> &Registry<P::Data> {
        &self.declarations().registry
    }

    pub(super) fn metadata(&self) -> pb::get_metadata::Response {
        let owned = |name: &&str| (*name).to_owned();
        let registry = self.registry();
        let (resources, data_sources) = (registry.resources.keys(), registry.data_sources.keys());
        let (lists, functions) = (registry.list_resources.keys(), registry.functions.keys());
        let actions = registry.actions.keys();
        pb::get_metadata::Response {
            server_capabilities: Some(CAPABILITIES),
            resources: resources
                .map(owned)
                .map(|type_name| pb::get_metadata::ResourceMetadata { type_name })
                .collect(),
            data_sources: data_sources
                .map(owned)
                .map(|type_name| pb::get_metadata::DataSourceMetadata { type_name })
                .collect(),
            list_resources: lists
                .map(owned)
                .map(|type_name| pb::get_metadata::ListResourceMetadata { type_name })
                .collect(),
            actions: actions
                .map(owned)
                .map(|type_name| pb::get_metadata::ActionMetadata { type_name })
                .collect(),
            functions: functions
                .map(owned)
                .map(|name| pb::get_metadata::FunctionMetadata { name })
                .collect(),
            ..Default::default()
        }
    }

    pub(super) fn provider_schema(&self) -> pb::get_provider_schema::Response {
        let registry = self.registry();
        let resources = registry
            .resources
            .iter()
            .map(|(name, resource)| ((*name).to_owned(), resource.get().schema().to_proto()));
        let data_sources = registry
            .data_sources
            .iter()
            .map(|(name, source)| ((*name).to_owned(), source.get().schema().to_proto()));
        let lists = registry
            .list_resources
            .iter()
            .map(|(name, list)| ((*name).to_owned(), list.get().schema().to_proto()));
        let actions = registry.actions.iter().map(|(name, action)| {
            let schema = Some(action.get().schema().to_proto());
            ((*name).to_owned(), pb::ActionSchema { schema })
        });
        pb::get_provider_schema::Response {
            provider: Some(self.schema().to_proto()),
            resource_schemas: resources.collect(),
            data_source_schemas: data_sources.collect(),
            list_resource_schemas: lists.collect(),
            action_schemas: actions.collect(),
            functions: registry.function_signatures(),
            server_capabilities: Some(CAPABILITIES),
            ..Default::default()
        }
    }

    pub(super) fn identity_schemas(&self) -> pb::get_resource_identity_schemas::Response {
        let schemas = self
            .registry()
            .resources
            .iter()
            .filter_map(|(name, resource)| {
                let (schema, _) = resource.get().identity()?;
                Some(((*name).to_owned(), schema.to_proto()))
            });
        pb::get_resource_identity_schemas::Response {
            identity_schemas: schemas.collect(),
            diagnostics: Vec::new(),
        }
    }
}

// === impl Declarations ===

impl<D> Declarations<D> {
    fn of<P: Provider<Data = D>>(provider: &P) -> Self {
        let schema = provider.schema();
        Self {
            config_ty: schema.implied_type(),
            schema,
            registry: Registry::new(
                provider.resources(),
                provider.data_sources(),
                provider.list_resources(),
                provider.actions(),
                provider.functions(),
            ),
        }
    }
}
