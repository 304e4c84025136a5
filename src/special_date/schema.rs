//! The schema of `isales_special_date`, as the API reference describes the parameters.

use isales_client::special_date::SpecialDate;
use tfplugin::{
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    schema::{Attribute, Schema, Validator},
    timeouts,
    value::types::Type,
};

use crate::attributes::{identity_campaign_id, identity_vdn_id, vdn_id};

/// Returns the schema of the resource.
pub(super) fn schema() -> Schema {
    let mut attributes = vec![
        Attribute::string(
            "id",
            "The special date as `vdn_id/campaign_id/special_date_id`.",
        )
        .computed()
        .use_state_for_unknown(),
        Attribute::number(
            "special_date_id",
            "ID of the special date (`id`, in paths `holidayId`).",
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
    ];
    attributes.extend(members());
    attributes.push(timeouts::attribute());
    Schema::new(
        "Manages a special date of an outbound campaign, which older versions of the API call a \
         holiday. A campaign has at most 20 special dates.",
        attributes,
    )
}

/// Returns the computed attributes of a special date in a list.
pub(super) fn row() -> Vec<Attribute> {
    let id = Attribute::number("special_date_id", "ID of the special date.").computed();
    let members = members().into_iter().map(Attribute::answered);
    [id].into_iter().chain(members).collect()
}

fn members() -> [Attribute; 5] {
    [
        Attribute::string(
            "name",
            format!(
                "Name of the special date (`name`), at most {} characters, unique in the campaign.",
                SpecialDate::MAX_NAME
            ),
        )
        .required()
        .validator(Validator::not_empty())
        .validator(Validator::at_most_characters(SpecialDate::MAX_NAME)),
        Attribute::number(
            "type",
            "Type of the special date (`type`): `1` by week, `2` by date, `3` by date and repeating \
             each year.",
        )
        .required(),
        Attribute::new(
            "week",
            Type::set(Type::Number),
            "Days of the week (`week`), from `1`, which is Monday, to `7`. Required with `type` 1, and \
             not allowed with the other types.",
        ),
        Attribute::string(
            "begin_time",
            "First day (`beginTime`): `yyyy-MM-dd` with `type` 2, `MM-dd` with `type` 3. Required with \
             these types, and not allowed with `type` 1.",
        ),
        Attribute::string(
            "end_time",
            "Last day (`endTime`), in the form of `begin_time`. Required with `type` 2 and 3, and not \
             allowed with `type` 1. With `type` 2, it must not be before `begin_time`; with `type` 3, \
             it may be, for a period that goes beyond the end of the year.",
        ),
    ]
}

/// Returns the schema of the identity.
pub(super) fn identity_schema() -> IdentitySchema {
    IdentitySchema {
        version: 0,
        attributes: vec![
            identity_vdn_id(),
            identity_campaign_id(),
            IdentityAttribute {
                name: "special_date_id",
                ty: Type::Number,
                description: "ID of the special date.",
                import: ImportNeed::Required,
            },
        ],
    }
}
