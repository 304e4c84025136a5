//! The schema of `isales_call_batch`.

use isales_client::call_batch::NewCallBatch;
use tfplugin::{
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    schema::{Attribute, Schema, Validator},
    timeouts,
    value::types::Type,
};

use crate::attributes::{identity_campaign_id, identity_vdn_id, vdn_id};

/// Returns the schema of the resource.
pub(super) fn schema() -> Schema {
    Schema::new(
        "Manages a call batch of an outbound campaign.",
        vec![
            Attribute::string(
                "id",
                "The call batch as `vdn_id/campaign_id/call_batch_id`.",
            )
            .computed()
            .use_state_for_unknown(),
            Attribute::string(
                "call_batch_id",
                "ID of the call batch (`id`), which the server makes.",
            )
            .computed()
            .use_state_for_unknown(),
            vdn_id("Defaults to the provider's `vdn_id`. Changing it creates a new resource.")
                .optional_computed()
                .use_state_for_unknown()
                .requires_replace(),
            Attribute::number(
                "campaign_id",
                "ID of the outbound campaign (`campaignId`), a positive 64-bit integer. Changing it \
                 creates a new resource.",
            )
            .required()
            .requires_replace()
            .validator(Validator::positive()),
            Attribute::string(
                "name",
                format!(
                    "Name of the call batch (`name`), unique in the campaign: at most {} characters, \
                     none of them among {}.",
                    NewCallBatch::LONGEST_NAME,
                    listed_characters()
                ),
            )
            .required()
            .validator(Validator::not_empty())
            .validator(Validator::at_most_characters(NewCallBatch::LONGEST_NAME))
            .validator(Validator::without_characters(
                NewCallBatch::FORBIDDEN_CHARACTERS,
            )),
            Attribute::number(
                "status",
                "Status (`status`): `1` started, `2` suspended. Changing it resumes or pauses the \
                 call batch. If omitted, Terraform does not manage it: a new call batch is suspended, \
                 and may then be resumed and paused elsewhere.",
            )
            .optional_computed()
            .use_state_for_unknown()
            .validator(Validator::between(1..=2)),
            timeouts::attribute(),
        ],
    )
}

/// Returns the characters that a name must not have, as Markdown.
fn listed_characters() -> String {
    let each = NewCallBatch::FORBIDDEN_CHARACTERS.chars();
    let quoted: Vec<_> = each.map(|c| format!("`{c}`")).collect();
    quoted.join(" ")
}

/// Returns the schema of the identity.
pub(super) fn identity_schema() -> IdentitySchema {
    IdentitySchema {
        version: 0,
        attributes: vec![
            identity_vdn_id(),
            identity_campaign_id(),
            IdentityAttribute {
                name: "call_batch_id",
                ty: Type::String,
                description: "ID of the call batch.",
                import: ImportNeed::Required,
            },
        ],
    }
}
