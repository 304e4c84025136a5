//! `data`: the policy of a campaign.

use super::{
    element::{element_node, reorder},
    integer::{integer, push_integer},
    no_retry_policy::no_retry_policy,
    object::{Members, object},
};
use crate::{
    json::{self, Node, Style},
    retry_policy::model::StoredPolicy,
    shape::{Defect, ExtraFields, NoRetryPlace, Quotes, Shape, Spaces, Unset},
};

/// Returns the data of a policy.
pub(super) fn policy_data(shape: Shape, stored: &StoredPolicy) -> Node {
    let policy = &stored.policy;
    let mut data: Members = vec![(
        "retryPolicyId".to_owned(),
        Node::text(&stored.retry_policy_id),
    )];
    match shape.defect {
        Defect::PolicyTypeWord => data.push(("policyType".to_owned(), Node::text("global"))),
        Defect::PolicyTypeUnknown => data.push(("policyType".to_owned(), integer(shape, 2))),
        _ => {
            let policy_type = policy.policy_type.number().into();
            push_integer(shape, &mut data, "policyType", policy_type);
        }
    }
    data.push(("policyJson".to_owned(), policy_json(shape, stored)));
    if shape.no_retry_place == NoRetryPlace::Data {
        let mut codes: Vec<&str> = Vec::new();
        for code in policy
            .elements
            .iter()
            .flat_map(|element| &element.no_retry_policy)
        {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        data.extend(no_retry_policy(shape, &codes));
    }
    if shape.extra_fields == ExtraFields::Some {
        let busi_policy = r#"[{"busiResultCode":"B1","busiResultPolicy":1,"callInterval":60}]"#;
        data.push(("busiPolicy".to_owned(), Node::text(busi_policy)));
        data.push(("tenantSpaceId".to_owned(), Node::number(202_111)));
    }
    // No client posts `data` itself.
    object(shape, &[], data)
}

/// Returns the data of a campaign whose policy was never set, where there is an object or `null`.
pub(super) fn unset_data(shape: Shape) -> Node {
    let of = |id: Node, policy_type: Node, policy_json: Node| {
        let members = [
            ("retryPolicyId", id),
            ("policyType", policy_type),
            ("policyJson", policy_json),
            ("noRetryPolicy", Node::text("")),
        ];
        let members = members.map(|(name, node)| (name.to_owned(), node));
        object(shape, &[], members.into())
    };
    match shape.unset {
        Unset::EmptyObject => Node::Object(Members::new()),
        Unset::EmptyStrings => of(Node::text(""), Node::text(""), Node::text("")),
        Unset::NullPolicyJson => of(Node::Null, integer(shape, 0), Node::Null),
        Unset::NegativeType => of(Node::Null, integer(shape, -1), Node::text("")),
        Unset::EmptyList => of(Node::Null, integer(shape, 0), Node::text("[]")),
        _ => Node::Null,
    }
}

fn policy_json(shape: Shape, stored: &StoredPolicy) -> Node {
    match shape.defect {
        Defect::PolicyJsonNumber => return Node::number(7),
        Defect::PolicyJsonProse => return Node::text("see the console"),
        _ => {}
    }
    let mut elements: Vec<Node> = stored
        .policy
        .elements
        .iter()
        .map(|element| element_node(shape, element))
        .collect();
    reorder(shape, &mut elements);
    let elements = Node::List(elements);
    let write = |quotes| {
        let spaces = shape.spaces == Spaces::Inside;
        Style { quotes, spaces }.write(&elements)
    };
    match shape.quotes {
        Quotes::Single => Node::Text(write(json::Quotes::Single)),
        Quotes::Double => Node::Text(write(json::Quotes::Double)),
        Quotes::Decoded => elements,
        Quotes::AsPosted => Node::text(&stored.policy_json),
        // In a value, the first quote would have a backslash before it.
        Quotes::Misprint => {
            Node::Text(write(json::Quotes::Single).replace("'policy':", "''policy':"))
        }
    }
}
