//! Reads a policy from a reply in any form that is known.

use crate::{
    json::{self, Node, Quotes, Style},
    retry_policy::model::{Policy, StoredPolicy},
};

/// How deep in a reply a policy is looked for.
const MAX_DEPTH: usize = 4;

/// Returns the policy in a reply, if there is one and it can be read.
pub(super) fn read(reply: &Node) -> Option<StoredPolicy> {
    let data = find(reply, MAX_DEPTH)?;
    let policy_type = integer(member(&data, "policyType"))?.unwrap_or(0);
    let elements = decoded(member(&data, "policyJson")?)?;
    let shared = codes(member(&data, "noRetryPolicy"));
    let mut written = Vec::new();
    for (index, element) in elements.entries().iter().enumerate() {
        // Codes for the whole policy belong to an element here.
        let shared = if index == 0 { shared.as_slice() } else { &[] };
        written.push(element_of(element, policy_type, shared)?);
    }
    let style = Style {
        quotes: Quotes::Single,
        spaces: false,
    };
    let policy_json = style.write(&Node::List(written));
    let retry_policy_id = match member(&data, "retryPolicyId") {
        Some(Node::Text(id) | Node::Number(id)) => id.clone(),
        _ => String::new(),
    };
    Some(StoredPolicy {
        retry_policy_id,
        policy: Policy::parse(policy_type, &policy_json).ok()?,
        policy_json,
    })
}

/// Returns the object with the policy.
fn find(node: &Node, depth: usize) -> Option<Node> {
    let node = match node {
        Node::Text(_) => &decoded(node)?,
        node => node,
    };
    if member(node, "policyJson").is_some_and(|policy_json| decoded(policy_json).is_some()) {
        return Some(node.clone());
    }
    let depth = depth.checked_sub(1)?;
    let mut inner = node.members().iter().map(|(_, value)| value);
    inner
        .find_map(|value| find(value, depth))
        .or_else(|| node.entries().iter().find_map(|value| find(value, depth)))
}

/// Returns a member in any letter case.
fn member<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let mut members = node.members().iter();
    members
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .filter(|value| **value != Node::Null)
}

/// Returns a list or object, which may be in a string.
fn decoded(node: &Node) -> Option<Node> {
    match node {
        Node::List(entries) if entries.is_empty() => None,
        Node::List(_) | Node::Object(_) => Some(node.clone()),
        Node::Text(text) => {
            // The misprint of the reference.
            let repaired = || text.replace(",''", ",'").replace("{''", "{'");
            let value = json::parse(text)
                .or_else(|_| json::parse(&repaired()))
                .ok()?;
            decoded(&value)
        }
        _ => None,
    }
}

/// Returns the integer in a value; `None` in the inside if there is no value.
#[expect(
    clippy::option_option,
    reason = "a value that is missing is not one that cannot be read"
)]
fn integer(node: Option<&Node>) -> Option<Option<i64>> {
    let (Node::Number(text) | Node::Text(text)) = (match node {
        None => return Some(None),
        Some(node) => node,
    }) else {
        return None;
    };
    let number: f64 = text.trim().parse().ok()?;
    let is_integer = number.fract() == 0.0 && number.abs() < 1e15;
    // In this range, it is exact.
    is_integer.then(|| format!("{number:.0}").parse().ok())
}

fn element_of(element: &Node, policy_type: i64, shared: &[String]) -> Option<Node> {
    let mut members = Vec::new();
    if let Some(data_type) = member(element, "dataType") {
        let data_type = data_type.as_text()?.trim();
        members.push(("dataType".to_owned(), Node::text(data_type)));
    }
    let rule = integer(member(element, "type"))?.unwrap_or(0);
    members.push(("type".to_owned(), Node::number(rule)));
    let policy = member(element, "policy").and_then(decoded);
    match rule {
        0 => {
            let place = policy.as_ref().unwrap_or(element);
            let value = |name| integer(member(place, name));
            let times = match value("retryTimes")? {
                Some(times) => Some(times),
                None => value("retryTime")?,
            };
            let common = vec![
                ("retryTimes".to_owned(), Node::number(times.unwrap_or(0))),
                (
                    "retryDay".to_owned(),
                    Node::number(value("retryDay")?.unwrap_or(0)),
                ),
            ];
            // As in the examples of the reference.
            if policy_type == 1 {
                members.push(("policy".to_owned(), Node::Object(common)));
            } else {
                members.extend(common);
            }
        }
        _ => {
            let entries = policy?;
            let entries = entries.entries().iter().map(entry_of);
            let entries = entries.collect::<Option<Vec<_>>>()?;
            members.push(("policy".to_owned(), Node::List(entries)));
        }
    }
    let mut codes = codes(member(element, "noRetryPolicy"));
    codes.extend_from_slice(shared);
    if !codes.is_empty() {
        let codes = codes.into_iter().map(Node::Text).collect();
        members.push(("noRetryPolicy".to_owned(), Node::List(codes)));
    }
    Some(Node::Object(members))
}

fn entry_of(entry: &Node) -> Option<Node> {
    let members = ["result", "retryNumber", "callInterval"].map(|name| {
        let value = integer(member(entry, name))?.unwrap_or(0);
        Some((name.to_owned(), Node::number(value)))
    });
    let members = members.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Node::Object(members))
}

fn codes(node: Option<&Node>) -> Vec<String> {
    match node {
        Some(Node::List(entries)) => entries
            .iter()
            .filter_map(|entry| match entry {
                Node::Text(code) | Node::Number(code) => Some(code.trim().to_owned()),
                _ => None,
            })
            .collect(),
        Some(Node::Text(text)) => match json::parse(text) {
            Ok(list @ Node::List(_)) => codes(Some(&list)),
            _ => text
                .split([',', ';', ' '])
                .map(|code| code.trim_matches(['\'', '"', ' ']))
                .filter(|code| !code.is_empty())
                .map(str::to_owned)
                .collect(),
        },
        _ => Vec::new(),
    }
}
