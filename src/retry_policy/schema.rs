//! The schema of `isales_retry_policy`: Tables 1 and 3 to 5 of the API reference.

use tfplugin::{
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    schema::{Attribute, Nesting, Schema, Validator},
    timeouts,
    value::types::Type,
};

use super::{deletion_policy::DeletionPolicy, on_conflict::OnConflict};
use crate::attributes::vdn_id;

pub(super) fn schema() -> Schema {
    Schema::new(
        "Manages the retry policy of an outbound campaign. A campaign has at most one; creating \
         this resource replaces whatever policy the campaign had. Use one resource per campaign.",
        vec![
            Attribute::string("id", "The campaign as `vdnId/campaignId`.")
                .computed()
                .use_state_for_unknown(),
            Attribute::string(
                "retry_policy_id",
                "ID of the retry policy (`retryPolicyId`), as the query interface gives it.",
            )
            // Whether it survives a new policy is not documented.
            .computed(),
            Attribute::number(
                "vdn_id",
                "VDN ID (`vdnId`), from 1 to 9999. Defaults to the provider's `vdn_id`. Changing \
                 it creates a new resource.",
            )
            .optional_computed()
            .use_state_for_unknown()
            .requires_replace()
            .validator(Validator::between(1..=9999)),
            Attribute::number(
                "campaign_id",
                "ID of the outbound campaign (`campaignId`), a positive integer of 64 bits. \
                 Changing it creates a new resource.",
            )
            .required()
            .requires_replace()
            .validator(Validator::positive()),
            Attribute::number(
                "policy_type",
                "Retry policy type (`policyType`): `0` for a global policy, `1` for matching by \
                 number type.",
            )
            .required(),
            Attribute::nested(
                "policy_json",
                Nesting::List,
                element(),
                "The policy (`policyJson`), at least one element. With `policy_type` 1, one \
                 element for each number type. The order has no meaning.",
            )
            .required(),
            Attribute::string(
                "on_conflict",
                "What an update does when the policy on the server is no longer the one that the \
                 plan saw: `refuse`, the default, fails and shows both; `overwrite` sets the \
                 planned policy all the same.",
            )
            .default(OnConflict::Refuse.name())
            .validator(Validator::one_of(OnConflict::NAMES)),
            Attribute::string(
                "deletion_policy",
                "What destroying does, as the API cannot delete a retry policy: `abandon`, the \
                 default, leaves the campaign as it is; `restore` sets the policy that the \
                 campaign had before Terraform first set it; `prevent` refuses.",
            )
            .default(DeletionPolicy::Abandon.name())
            .validator(Validator::one_of(DeletionPolicy::NAMES)),
            timeouts::attribute(),
        ],
    )
}

/// The question of the data source, and its answer.
pub(super) fn data_source() -> Schema {
    Schema::new(
        "Reads the retry policy of an outbound campaign. A campaign that has none gives null.",
        vec![
            Attribute::string("id", "The campaign as `vdnId/campaignId`.").computed(),
            Attribute::string(
                "retry_policy_id",
                "ID of the retry policy (`retryPolicyId`).",
            )
            .computed(),
            vdn_id(),
            Attribute::number("campaign_id", "ID of the outbound campaign (`campaignId`).")
                .required()
                .validator(Validator::positive()),
            Attribute::number(
                "policy_type",
                "Retry policy type (`policyType`): `0` for a global policy, `1` for matching by \
                 number type.",
            )
            .computed(),
            Attribute::nested(
                "policy_json",
                Nesting::List,
                answered_element(),
                "The policy (`policyJson`), in the form that the resource takes.",
            )
            .answered(),
        ],
    )
}

/// The type of `policy_json`.
pub(crate) fn policy_json_type() -> Type {
    Attribute::nested("policy_json", Nesting::List, element(), "").ty()
}

fn element() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "data_type",
            "Number type (`dataType`), a name that the VDN defines, for example `ST`; see \
             `isales_number_types`. Required with `policy_type` 1, and unique in the list.",
        ),
        Attribute::number(
            "type",
            "Retry logic (`type`): `0` for a common policy, `1` for a policy by call result.",
        )
        .required(),
        Attribute::number(
            "retry_times",
            "Call attempts per day (`retryTimes`), from 0 to 2147483647. Required with `type` 0, not \
             allowed with 1.",
        ),
        Attribute::number(
            "retry_day",
            "Number of days with call attempts (`retryDay`), from 0 to 2147483647. Required with \
             `type` 0, not allowed with 1.",
        ),
        Attribute::nested(
            "policy",
            Nesting::List,
            entry(),
            "What to do on which call result (`policy`). Required with `type` 1, not allowed with \
             0. The order has no meaning.",
        ),
        Attribute::new(
            "no_retry_policy",
            Type::set(Type::String),
            "Result codes after which no call is made again (`noRetryPolicy`), from the \
             definitions of outbound call results; see `isales_call_results`. Not allowed with \
             `policy_type` 1.",
        ),
    ]
}

fn entry() -> Vec<Attribute> {
    vec![
        Attribute::number(
            "result",
            "Result type (`result`), an integer of 32 bits, unique in the list. The API reference \
             shows `4` and does not list the values.",
        )
        .required(),
        Attribute::number(
            "retry_number",
            "Number of further call attempts (`retryNumber`), from 0 to 2147483647.",
        )
        .required(),
        Attribute::number(
            "call_interval",
            "Delay before the next attempt (`callInterval`), from 0 to 2147483647. The API \
             reference names no unit; the interfaces next to it count seconds.",
        )
        .required(),
    ]
}

/// An element that the server has, as the data source shows it.
fn answered_element() -> Vec<Attribute> {
    vec![
        Attribute::string(
            "data_type",
            "Number type (`dataType`) that the element is for; null in a global policy.",
        ),
        Attribute::number(
            "type",
            "Retry logic (`type`): `0` for a common policy, `1` for a policy by call result.",
        ),
        Attribute::number(
            "retry_times",
            "Call attempts per day (`retryTimes`); null with `type` 1.",
        ),
        Attribute::number(
            "retry_day",
            "Number of days with call attempts (`retryDay`); null with `type` 1.",
        ),
        Attribute::nested(
            "policy",
            Nesting::List,
            answered_entry(),
            "What to do on which call result (`policy`); null with `type` 0.",
        ),
        Attribute::new(
            "no_retry_policy",
            Type::set(Type::String),
            "Result codes after which no call is made again (`noRetryPolicy`); null if there are \
             none.",
        ),
    ]
}

fn answered_entry() -> Vec<Attribute> {
    vec![
        Attribute::number(
            "result",
            "Result type (`result`). The API reference shows `4` and does not list the values.",
        ),
        Attribute::number(
            "retry_number",
            "Number of further call attempts (`retryNumber`).",
        ),
        Attribute::number(
            "call_interval",
            "Delay before the next attempt (`callInterval`). The API reference names no unit; the \
             interfaces next to it count seconds.",
        ),
    ]
}

pub(super) fn identity_schema() -> IdentitySchema {
    IdentitySchema {
        version: 0,
        attributes: vec![
            IdentityAttribute {
                name: "vdn_id",
                ty: Type::Number,
                description: "VDN ID. Defaults to the provider's.",
                import: ImportNeed::Optional,
            },
            IdentityAttribute {
                name: "campaign_id",
                ty: Type::Number,
                description: "ID of the outbound campaign.",
                import: ImportNeed::Required,
            },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_source_answers_what_the_resource_takes() {
        let answered = Attribute::nested("policy_json", Nesting::List, answered_element(), "");
        assert_eq!(answered.ty(), policy_json_type());
    }
}
