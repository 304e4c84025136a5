//! Calls about what the provider offers.

use super::Inner;
use crate::tf_provider::{proto::tfplugin6 as pb, provider::Provider};

/// What the provider can do beyond version 6.0 of the protocol.
const CAPABILITIES: pb::ServerCapabilities = pb::ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: false,
    generate_resource_config: false,
};

impl<P: Provider> Inner<P> {
    pub(super) fn metadata(&self) -> pb::get_metadata::Response {
        let type_name = |name: &&str| pb::get_metadata::ResourceMetadata {
            type_name: (*name).to_owned(),
        };
        pb::get_metadata::Response {
            server_capabilities: Some(CAPABILITIES),
            resources: self.resources.keys().map(type_name).collect(),
            ..Default::default()
        }
    }

    pub(super) fn provider_schema(&self) -> pb::get_provider_schema::Response {
        let resources = self
            .resources
            .iter()
            .map(|(name, resource)| ((*name).to_owned(), resource.0.schema().to_proto()));
        pb::get_provider_schema::Response {
            provider: Some(self.schema.to_proto()),
            resource_schemas: resources.collect(),
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
