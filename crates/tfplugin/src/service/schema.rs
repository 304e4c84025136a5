//! Calls about what the provider offers.

use super::Offer;
use crate::{proto::tfplugin6 as pb, provider::Provider};

/// What the provider can do beyond version 6.0 of the protocol.
const CAPABILITIES: pb::ServerCapabilities = pb::ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: false,
};

impl<P: Provider> Offer<P> {
    pub(super) fn metadata(&self) -> pb::get_metadata::Response {
        let owned = |name: &&str| (*name).to_owned();
        let (resources, data_sources) = (self.resources.keys(), self.data_sources.keys());
        let (lists, functions) = (self.list_resources.keys(), self.functions.keys());
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
            functions: functions
                .map(owned)
                .map(|name| pb::get_metadata::FunctionMetadata { name })
                .collect(),
            ..Default::default()
        }
    }

    pub(super) fn provider_schema(&self) -> pb::get_provider_schema::Response {
        let resources = self
            .resources
            .iter()
            .map(|(name, resource)| ((*name).to_owned(), resource.0.schema().to_proto()));
        let data_sources = self
            .data_sources
            .iter()
            .map(|(name, source)| ((*name).to_owned(), source.0.schema().to_proto()));
        let lists = self
            .list_resources
            .iter()
            .map(|(name, list)| ((*name).to_owned(), list.0.schema().to_proto()));
        pb::get_provider_schema::Response {
            provider: Some(self.schema.to_proto()),
            resource_schemas: resources.collect(),
            data_source_schemas: data_sources.collect(),
            list_resource_schemas: lists.collect(),
            functions: self.function_signatures(),
            server_capabilities: Some(CAPABILITIES),
            ..Default::default()
        }
    }

    pub(super) fn identity_schemas(&self) -> pb::get_resource_identity_schemas::Response {
        let schemas = self
            .resources
            .iter()
            .map(|(name, resource)| ((*name).to_owned(), resource.0.identity_schema().to_proto()));
        pb::get_resource_identity_schemas::Response {
            identity_schemas: schemas.collect(),
            diagnostics: Vec::new(),
        }
    }
}
