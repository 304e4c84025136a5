//! Attributes that several objects have.

use tfplugin::schema::{Attribute, Validator};

/// The VDN of a question to the server.
pub(crate) fn vdn_id() -> Attribute {
    Attribute::number(
        "vdn_id",
        "VDN ID (`vdnId`), from 1 to 9999. Defaults to the provider's `vdn_id`.",
    )
    .optional_computed()
    .validator(Validator::between(1..=9999))
}
