//! Attributes that several objects have.

use isales_client::VdnId;
use tfplugin::schema::{Attribute, Validator};

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
