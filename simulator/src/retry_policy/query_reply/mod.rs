//! The reply to a query, in the configured shape.

#[cfg(test)]
mod tests;

use super::{
    model::{Element, ResultRule, Rule, StoredPolicy},
    shape::{
        CommonPolicy, ElementOrder, EnvelopeFields, ExtraFields, InnerPolicy, KeyOrder,
        NoRetryForm, NoRetryNone, NoRetryPlace, Numbers, Quotes, RetryTimesKey, Shape, Spaces,
        Unset,
    },
};
use crate::{
    api::{ResultCode, envelope},
    json::{self, Node, Style},
};

/// The members of a JSON object.
type Members = Vec<(String, Node)>;

/// Returns the JSON text of the reply. `policy` is `None` if it was never set.
pub(super) fn query_reply(shape: Shape, policy: Option<&StoredPolicy>) -> String {
    let mut reply = envelope(ResultCode::Success, "");
    if shape.envelope == EnvelopeFields::ResultOnly {
        reply.retain(|(name, _)| !name.starts_with("return"));
    }
    let data = match policy {
        Some(policy) => Some(set_data(shape, policy)),
        None => unset_data(shape),
    };
    if let Some(data) = data {
        reply.push(("data".to_owned(), data));
    }
    Style::JSON.write(&Node::Object(reply))
}

fn unset_data(shape: Shape) -> Option<Node> {
    let of = |id: Node, policy_type: Node, policy_json: Node| {
        Node::object([
            ("retryPolicyId", id),
            ("policyType", policy_type),
            ("policyJson", policy_json),
            ("noRetryPolicy", Node::text("")),
        ])
    };
    match shape.unset {
        Unset::Null => Some(Node::Null),
        Unset::Absent => None,
        Unset::EmptyObject => Some(Node::Object(Vec::new())),
        Unset::EmptyStrings => Some(of(Node::text(""), Node::text(""), Node::text(""))),
        Unset::NullPolicyJson => Some(of(Node::Null, integer(shape, 0), Node::Null)),
    }
}

fn set_data(shape: Shape, stored: &StoredPolicy) -> Node {
    let policy = &stored.policy;
    let mut elements: Vec<Node> = policy
        .elements
        .iter()
        .map(|element| element_node(shape, element))
        .collect();
    if shape.elements == ElementOrder::Reversed {
        elements.reverse();
    }
    let elements = Node::List(elements);
    let policy_json = match shape.quotes {
        Quotes::Decoded => elements,
        quotes => {
            let style = Style {
                quotes: match quotes {
                    Quotes::Single => json::Quotes::Single,
                    _ => json::Quotes::Double,
                },
                spaces: shape.spaces == Spaces::Inside,
            };
            Node::Text(style.write(&elements))
        }
    };
    let mut data = vec![
        (
            "retryPolicyId".to_owned(),
            Node::text(&stored.retry_policy_id),
        ),
        (
            "policyType".to_owned(),
            integer(shape, policy.policy_type.number().into()),
        ),
        ("policyJson".to_owned(), policy_json),
    ];
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
    Node::Object(match shape.keys {
        // No client posts `data` itself.
        KeyOrder::AsPosted => data,
        _ => sorted(shape, &[], data),
    })
}

fn element_node(shape: Shape, element: &Element) -> Node {
    let keys = &element.posted.keys;
    let mut members: Members = Vec::new();
    if let Some(data_type) = &element.data_type {
        members.push(("dataType".to_owned(), Node::text(data_type)));
    }
    match &element.rule {
        Rule::Common {
            retry_times,
            retry_day,
        } => {
            members.push(("type".to_owned(), integer(shape, 0)));
            let common = vec![
                (
                    retry_times_key(shape).to_owned(),
                    integer(shape, *retry_times),
                ),
                ("retryDay".to_owned(), integer(shape, *retry_day)),
            ];
            let nested = match shape.common {
                CommonPolicy::Flat => false,
                CommonPolicy::Nested => true,
                CommonPolicy::AsPosted => element.posted.nested,
            };
            if nested {
                let common = Node::Object(sorted(shape, keys, common));
                members.push(("policy".to_owned(), inner_policy(shape, common)));
            } else {
                members.extend(common);
            }
        }
        Rule::Result(items) => {
            members.push(("type".to_owned(), integer(shape, 1)));
            let mut items: Vec<Node> = items
                .iter()
                .map(|item| result_node(shape, keys, item))
                .collect();
            if shape.elements == ElementOrder::Reversed {
                items.reverse();
            }
            members.push(("policy".to_owned(), inner_policy(shape, Node::List(items))));
        }
    }
    if shape.no_retry_place == NoRetryPlace::Element {
        let codes: Vec<&str> = element.no_retry_policy.iter().map(String::as_str).collect();
        members.extend(no_retry_policy(shape, &codes));
    }
    if shape.extra_fields == ExtraFields::Some {
        members.push(("remark".to_owned(), Node::Null));
    }
    Node::Object(sorted(shape, keys, members))
}

fn result_node(shape: Shape, keys: &[String], item: &ResultRule) -> Node {
    let members = vec![
        ("result".to_owned(), integer(shape, item.result)),
        ("retryNumber".to_owned(), integer(shape, item.retry_number)),
        (
            "callInterval".to_owned(),
            integer(shape, item.call_interval),
        ),
    ];
    Node::Object(sorted(shape, keys, members))
}

fn inner_policy(shape: Shape, policy: Node) -> Node {
    match shape.policy {
        InnerPolicy::Value => policy,
        InnerPolicy::Text => Node::Text(Style::JSON.write(&policy)),
    }
}

fn no_retry_policy(shape: Shape, codes: &[&str]) -> Option<(String, Node)> {
    let list = || Node::List(codes.iter().map(|code| Node::text(*code)).collect());
    let node = match (codes.is_empty(), shape.no_retry_none) {
        (true, NoRetryNone::Absent) => return None,
        (true, NoRetryNone::Null) => Node::Null,
        (true, NoRetryNone::EmptyText) => Node::text(""),
        (true, NoRetryNone::EmptyList) | (false, _) => match shape.no_retry_form {
            NoRetryForm::List => list(),
            NoRetryForm::JsonText => Node::Text(Style::JSON.write(&list())),
            NoRetryForm::Commas => Node::Text(codes.join(",")),
        },
    };
    Some(("noRetryPolicy".to_owned(), node))
}

fn integer(shape: Shape, value: i64) -> Node {
    match shape.numbers {
        Numbers::Numbers => Node::number(value),
        Numbers::Strings => Node::text(value.to_string()),
    }
}

fn retry_times_key(shape: Shape) -> &'static str {
    match shape.retry_times_key {
        RetryTimesKey::RetryTimes => "retryTimes",
        RetryTimesKey::RetryTime => "retryTime",
    }
}

/// Sorts members in the order of the shape. Keys that were not posted come last.
fn sorted(shape: Shape, posted: &[String], mut members: Members) -> Members {
    if shape.keys == KeyOrder::Sorted {
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        return members;
    }
    members.sort_by_key(|(name, _)| {
        let name = if name == "retryTime" {
            "retryTimes"
        } else {
            name
        };
        posted
            .iter()
            .position(|key| key == name)
            .unwrap_or(usize::MAX)
    });
    if shape.keys == KeyOrder::Reversed {
        members.reverse();
    }
    members
}
