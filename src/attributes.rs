//! Attributes that several objects have.

use isales_client::VdnId;
use tfplugin::{
    identity::{IdentityAttribute, ImportNeed},
    schema::{Attribute, Validator},
    value::types::Type,
};

/// Returns the optional attribute `vdn_id`, whose description goes on with `note`.
pub(crate) fn vdn_id(note: &str) -> Attribute {
    let (first, last) = VdnId::RANGE.into_inner();
    Attribute::number(
        "vdn_id",
        format!("VDN ID (`vdnId`), from {first} to {last}. {note}"),
    )
    .validator(Validator::between(first.into()..=last.into()))
}

/// Returns `vdn_id` as data sources have it: they show the VDN that was queried.
pub(crate) fn queried_vdn_id() -> Attribute {
    vdn_id("Defaults to the provider's `vdn_id`.").optional_computed()
}

/// Returns `vdn_id` of an identity.
pub(crate) fn identity_vdn_id() -> IdentityAttribute {
    IdentityAttribute {
        name: "vdn_id",
        ty: Type::Number,
        description: "VDN ID. Defaults to the provider's `vdn_id`.",
        import: ImportNeed::Optional,
    }
}

/// Returns `campaign_id` of the identity of an object that belongs to a campaign.
pub(crate) fn identity_campaign_id() -> IdentityAttribute {
    IdentityAttribute {
        name: "campaign_id",
        ty: Type::Number,
        description: "ID of the outbound campaign.",
        import: ImportNeed::Required,
    }
}
