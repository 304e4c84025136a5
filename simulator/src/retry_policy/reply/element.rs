//! An element of `policyJson`.

use super::{
    integer::{integer, push_attempts, push_integer, push_type},
    no_retry_policy::{name, no_retry_policy},
    object::{Members, object},
};
use crate::{
    json::{Node, Style},
    retry_policy::model::{Element, ResultRule, Rule},
    shape::{
        CommonPolicy, Defect, ElementOrder, ExtraFields, InnerPolicy, NoRetryPlace, RetryTimesKey,
        Shape,
    },
};

pub(super) fn element_node(shape: Shape, element: &Element) -> Node {
    if shape.defect == Defect::ElementText {
        return Node::text("element");
    }
    let keys = &element.posted.keys;
    let mut members = Members::new();
    if let Some(data_type) = &element.data_type {
        members.push(("dataType".to_owned(), Node::Text(name(shape, data_type))));
    }
    match &element.rule {
        Rule::Common {
            retry_times,
            retry_day,
        } => {
            push_type(shape, &mut members, 0);
            let (flat, nested) = match shape.common {
                CommonPolicy::Flat => (true, false),
                CommonPolicy::Nested => (false, true),
                CommonPolicy::AsPosted => (!element.posted.nested, element.posted.nested),
                CommonPolicy::Both | CommonPolicy::Contradicting => (true, true),
            };
            if flat {
                members.extend(common(shape, *retry_times, *retry_day));
            }
            if nested {
                let more = i64::from(shape.common == CommonPolicy::Contradicting);
                let common = common(shape, retry_times + more, retry_day + more);
                let common = object(shape, keys, common);
                members.push(("policy".to_owned(), inner_policy(shape, common)));
            }
        }
        Rule::Result(items) => {
            push_type(shape, &mut members, 1);
            let mut items: Vec<Node> = items
                .iter()
                .map(|item| result_node(shape, keys, item))
                .collect();
            reorder(shape, &mut items);
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
    object(shape, keys, members)
}

/// Brings elements or results into the order of the shape.
pub(super) fn reorder(shape: Shape, nodes: &mut [Node]) {
    match shape.elements {
        ElementOrder::Kept => {}
        ElementOrder::Reversed => nodes.reverse(),
        ElementOrder::Rotated if nodes.is_empty() => {}
        ElementOrder::Rotated => nodes.rotate_left(1),
    }
}

/// Returns the members of a common policy.
fn common(shape: Shape, retry_times: i64, retry_day: i64) -> Members {
    let mut members = Members::new();
    let key = match shape.retry_times_key {
        RetryTimesKey::RetryTime => "retryTime",
        _ => "retryTimes",
    };
    push_attempts(shape, &mut members, key, retry_times);
    let second = match shape.retry_times_key {
        RetryTimesKey::RetryTimes | RetryTimesKey::RetryTime => None,
        RetryTimesKey::Both => Some(integer(shape, retry_times)),
        RetryTimesKey::WithNull => Some(Node::Null),
        RetryTimesKey::WithZero => Some(integer(shape, 0)),
        RetryTimesKey::WithMinusOne => Some(integer(shape, -1)),
        RetryTimesKey::Contradicting => Some(integer(shape, retry_times + 1)),
    };
    members.extend(second.map(|node| ("retryTime".to_owned(), node)));
    push_integer(shape, &mut members, "retryDay", retry_day);
    members
}

fn result_node(shape: Shape, keys: &[String], item: &ResultRule) -> Node {
    let mut members = Members::new();
    push_integer(shape, &mut members, "result", item.result);
    push_attempts(shape, &mut members, "retryNumber", item.retry_number);
    push_integer(shape, &mut members, "callInterval", item.call_interval);
    object(shape, keys, members)
}

fn inner_policy(shape: Shape, policy: Node) -> Node {
    match shape.policy {
        InnerPolicy::Value => policy,
        InnerPolicy::Text => Node::Text(Style::JSON.write(&policy)),
    }
}
