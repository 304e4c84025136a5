//! Resource identities: attributes that name a remote object, whatever its state holds.

use crate::{
    proto::{tfplugin6 as pb, tfplugin6::resource_identity_schema::IdentityAttribute as Wire},
    value::types::Type,
};

/// The schema of a resource's identity.
#[derive(Clone, Debug)]
pub struct IdentitySchema {
    /// The version, to be raised when identities of the old schema must be rewritten.
    pub version: i64,
    /// The attributes.
    pub attributes: Vec<IdentityAttribute>,
}

/// One attribute of an identity.
#[derive(Clone, Debug)]
pub struct IdentityAttribute {
    /// The name, usually that of an attribute of the resource.
    pub name: &'static str,
    /// A primitive type, or a list of one.
    pub ty: Type,
    /// The description.
    pub description: &'static str,
    /// Whether an import must set it.
    pub import: ImportNeed,
}

/// Whether an import by identity must set an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportNeed {
    /// The import must set it.
    Required,
    /// The provider can fill it in.
    Optional,
}

// === impl IdentitySchema ===

impl IdentitySchema {
    /// Returns the object type of identities.
    pub fn implied_type(&self) -> Type {
        Type::object(
            self.attributes
                .iter()
                .map(|attribute| (attribute.name, attribute.ty.clone())),
        )
    }

    pub(super) fn to_proto(&self) -> pb::ResourceIdentitySchema {
        let attributes = self.attributes.iter().map(|attribute| Wire {
            name: attribute.name.to_owned(),
            r#type: attribute.ty.to_json(),
            required_for_import: attribute.import == ImportNeed::Required,
            optional_for_import: attribute.import == ImportNeed::Optional,
            description: attribute.description.to_owned(),
        });
        pb::ResourceIdentitySchema {
            version: self.version,
            identity_attributes: attributes.collect(),
        }
    }
}
