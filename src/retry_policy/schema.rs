//! The schema of `isales_retry_policy`: Tables 1 and 3 to 5 of the API reference.

use tfplugin::{
    identity::IdentitySchema,
    schema::{Attribute, Nesting, Schema, Validator},
    timeouts,
    value::types::Type,
};

use super::{deletion_policy::DeletionPolicy, on_conflict::OnConflict};
use crate::attributes::{identity_campaign_id, identity_vdn_id, queried_vdn_id, vdn_id};

/// Returns the schema of the resource.
pub(super) fn schema() -> Schema {
    Schema::new(
        "Manages the retry policy of an outbound campaign. A campaign has at most one policy, and \
         creating this resource replaces it. Use one resource per campaign.",
        vec![
            Attribute::string("id", "The campaign as `vdn_id/campaign_id`.")
                .computed()
                .use_state_for_unknown(),
            Attribute::string(
                "retry_policy_id",
                "ID of the retry policy (`retryPolicyId`), as the query interface returns it. Known \
                 in a plan unless the plan sets a policy.",
            )
            // Whether the ID survives a new policy is not documented.
            .computed(),
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
                "Elements of the policy (`policyJson`), at least one. With `policy_type` 1, one \
                 element for each number type. The order has no meaning.",
            )
            .required(),
            Attribute::string(
                "on_conflict",
                "Behavior of an update or a restore if the server's policy is no longer the one that \
                 the plan saw: `refuse` fails and shows both policies; `overwrite` sets the planned \
                 policy anyway. Defaults to `refuse`.",
            )
            .default(OnConflict::Refuse.name())
            .validator(Validator::one_of(OnConflict::NAMES)),
            Attribute::string(
                "deletion_policy",
                "Effect of a destroy, because the API cannot delete a retry policy: `abandon` \
                 leaves the campaign unchanged; `restore` sets the policy that the campaign had \
                 before Terraform first set one; `prevent` fails. Defaults to `abandon`.",
            )
            .default(DeletionPolicy::Abandon.name())
            .validator(Validator::one_of(DeletionPolicy::NAMES)),
            timeouts::attribute(),
        ],
    )
}

/// Returns the schema of the data source.
pub(super) fn data_source() -> Schema {
    Schema::new(
        "Reads the retry policy of an outbound campaign. Without a policy, the attributes are null.",
        vec![
            Attribute::string("id", "The campaign as `vdn_id/campaign_id`.").computed(),
            Attribute::string(
                "retry_policy_id",
                "ID of the retry policy (`retryPolicyId`).",
            )
            .computed(),
            queried_vdn_id(),
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
                "Elements of the policy (`policyJson`), in the form that the resource takes, sorted by \
                 `data_type`.",
            )
            .answered(),
            timeouts::read_attribute(),
        ],
    )
}

/// Returns the type of `policy_json`.
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
            "Rules by call result (`policy`). Required with `type` 1, not allowed with 0. The order \
             has no meaning.",
        ),
        Attribute::new(
            "no_retry_policy",
            Type::set(Type::String),
            "Result codes after which the number is not called again (`noRetryPolicy`), from the \
             definitions of outbound call results; see `isales_call_results`. Not allowed with \
             `policy_type` 1.",
        ),
    ]
}

fn entry() -> Vec<Attribute> {
    vec![
        Attribute::number(
            "result",
            "Result type (`result`), a 32-bit integer, unique in the list. The API reference shows \
             `4` and does not list the values.",
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
             reference names no unit; related interfaces use seconds.",
        )
        .required(),
    ]
}

/// Returns the attributes of an element in the data source.
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
            "Rules by call result (`policy`); null with `type` 0.",
        ),
        Attribute::new(
            "no_retry_policy",
            Type::set(Type::String),
            "Result codes after which the number is not called again (`noRetryPolicy`); null if \
             there are none.",
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
            "Delay before the next attempt (`callInterval`). The API reference names no unit; \
             related interfaces use seconds.",
        ),
    ]
}

/// Returns the schema of the identity.
pub(super) fn identity_schema() -> IdentitySchema {
    IdentitySchema {
        version: 0,
        attributes: vec![identity_vdn_id(), identity_campaign_id()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_source_has_the_type_that_the_resource_takes() {
        let answered = Attribute::nested("policy_json", Nesting::List, answered_element(), "");
        assert_eq!(answered.ty(), policy_json_type());
    }
}
