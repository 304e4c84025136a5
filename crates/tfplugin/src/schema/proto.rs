//! Schemas as the protocol's messages.

use super::{
    attribute::{Attribute, Kind, Nesting, Presence, Secrecy},
    block::Schema,
};
use crate::proto::{tfplugin6 as pb, tfplugin6::schema::object::NestingMode};

impl Schema {
    pub(crate) fn to_proto(&self) -> pb::Schema {
        pb::Schema {
            version: self.version,
            block: Some(pb::schema::Block {
                version: self.version,
                attributes: self.attributes.iter().map(Attribute::to_proto).collect(),
                description: self.description.to_owned(),
                description_kind: pb::StringKind::Markdown.into(),
                deprecated: self.deprecated.is_some(),
                deprecation_message: self.deprecated.unwrap_or_default().to_owned(),
                ..Default::default()
            }),
        }
    }
}

impl Attribute {
    fn to_proto(&self) -> pb::schema::Attribute {
        let (ty, nested_type) = match &self.kind {
            Kind::Plain(ty) => (ty.to_json(), None),
            Kind::Nested(nesting, attributes) => {
                let nesting = match nesting {
                    Nesting::Single => NestingMode::Single,
                    Nesting::List => NestingMode::List,
                    Nesting::Set => NestingMode::Set,
                    Nesting::Map => NestingMode::Map,
                };
                let nested = pb::schema::Object {
                    attributes: attributes.iter().map(Attribute::to_proto).collect(),
                    nesting: nesting.into(),
                    ..Default::default()
                };
                (Vec::new(), Some(nested))
            }
        };
        pb::schema::Attribute {
            name: self.name.to_owned(),
            r#type: ty,
            nested_type,
            description: self.description.clone().into_owned(),
            description_kind: pb::StringKind::Markdown.into(),
            required: self.presence == Presence::Required,
            optional: matches!(
                self.presence,
                Presence::Optional | Presence::OptionalComputed
            ),
            computed: self.is_computed(),
            sensitive: self.secrecy == Secrecy::Sensitive,
            write_only: self.secrecy == Secrecy::WriteOnly,
            deprecated: self.deprecated.is_some(),
            deprecation_message: self.deprecated.unwrap_or_default().to_owned(),
        }
    }
}
