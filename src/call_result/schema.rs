//! The schema of `isales_call_result`.

use tfplugin::{
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    schema::{Attribute, Schema, Validator},
    timeouts,
    value::types::Type,
};

use crate::attributes::{identity_vdn_id, vdn_id};

/// `resultCode` has fewer than 8 characters.
const LONGEST_CODE: usize = 7;

/// Returns the schema of the resource.
pub(super) fn schema() -> Schema {
    Schema::new(
        "Manages the definition of an outbound call result: a code for `no_retry_policy` in \
         `isales_retry_policy`, and the OBS codes that have this result.",
        vec![
            Attribute::string("id", "The definition as `vdn_id/def_id`.")
                .computed()
                .use_state_for_unknown(),
            Attribute::string("def_id", "ID of the definition (`defId`).")
                .computed()
                .use_state_for_unknown(),
            vdn_id("Defaults to the provider's `vdn_id`. Changing it creates a new resource.")
                .optional_computed()
                .use_state_for_unknown()
                .requires_replace(),
            Attribute::string(
                "result_code",
                "Result code (`resultCode`), a value for `no_retry_policy`, of fewer than 8 \
                 characters. Without it, the server chooses the code. Changing it creates a new \
                 resource, because the API cannot change it.",
            )
            .optional_computed()
            .use_state_for_unknown()
            .requires_replace()
            .validator(Validator::not_empty())
            .validator(Validator::at_most_characters(LONGEST_CODE)),
            Attribute::string(
                "display_result",
                "Display text of the result (`displayResult`).",
            )
            .required()
            .validator(Validator::not_empty()),
            Attribute::new(
                "obs_codes",
                Type::set(Type::String),
                "OBS codes with this result (`obsCodes`), at least one; see \
                 `isales_obs_result_codes`.",
            )
            .required()
            .validator(Validator::at_least_one())
            .validator(Validator::each(Validator::not_empty())),
            timeouts::attribute(),
        ],
    )
}

/// Returns the schema of the identity.
pub(super) fn identity_schema() -> IdentitySchema {
    IdentitySchema {
        version: 0,
        attributes: vec![
            identity_vdn_id(),
            IdentityAttribute {
                name: "def_id",
                ty: Type::String,
                description: "ID of the definition.",
                import: ImportNeed::Required,
            },
        ],
    }
}
