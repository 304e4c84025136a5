//! JSON objects whose members have the order and the letter case of the shape.

use crate::{
    json::Node,
    shape::{KeyOrder, LetterCase, Shape},
};

/// The members of a JSON object.
pub(super) type Members = Vec<(String, Node)>;

/// Returns an object of the policy. `posted` has the client's keys in their order; keys that are not
/// among them come last.
pub(super) fn object(shape: Shape, posted: &[String], mut members: Members) -> Node {
    if shape.keys == KeyOrder::Sorted {
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
    } else {
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
    }
    if shape.keys == KeyOrder::Reversed {
        members.reverse();
    }
    Node::Object(in_case(shape.member_case, members))
}

/// Returns the members with their names in another letter case.
pub(super) fn in_case(case: LetterCase, members: Members) -> Members {
    members
        .into_iter()
        .map(|(name, node)| {
            let name = match case {
                LetterCase::Documented => name,
                LetterCase::Lower => name.to_lowercase(),
                LetterCase::Upper => name.to_uppercase(),
                LetterCase::Capitalized => capitalized(&name),
            };
            (name, node)
        })
        .collect()
}

fn capitalized(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next();
    let first = first.into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
