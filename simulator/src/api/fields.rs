//! Reads typed values from JSON and refuses those of a wrong type or range. Integers are 32-bit
//! \[I\].

use std::ops::RangeInclusive;

use super::{Refusal, empty, unknown, wrong_type, wrong_value};
use crate::json::Node;

/// The members of an object, all of them known parameters. `null` counts as missing.
pub(crate) struct Fields<'a>(&'a [(String, Node)]);

// === impl Fields ===

impl<'a> Fields<'a> {
    /// Reads an object and refuses members that are not in `known`. Refusals name the object
    /// `parent`.
    pub(crate) fn new(parent: &str, node: &'a Node, known: &[&str]) -> Result<Self, Refusal> {
        let Node::Object(members) = node else {
            return Err(wrong_type(parent, "made of objects"));
        };
        match members
            .iter()
            .find(|(name, _)| !known.contains(&name.as_str()))
        {
            Some((name, _)) => Err(unknown(name)),
            None => Ok(Self(members)),
        }
    }

    /// Returns the value of an optional member.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Node> {
        let (_, node) = self.0.iter().find(|(known, _)| known == name)?;
        (*node != Node::Null).then_some(node)
    }

    /// Reads a required integer that is not negative.
    pub(crate) fn integer(&self, name: &str) -> Result<i64, Refusal> {
        integer_in(name, self.required(name)?, 0..=i32::MAX)
    }

    /// Reads a required integer of any sign.
    pub(crate) fn signed_integer(&self, name: &str) -> Result<i64, Refusal> {
        integer_in(name, self.required(name)?, i32::MIN..=i32::MAX)
    }

    /// Reads a required string that is not empty.
    pub(crate) fn text(&self, name: &str) -> Result<String, Refusal> {
        text(name, self.required(name)?)
    }

    fn required(&self, name: &str) -> Result<&'a Node, Refusal> {
        self.get(name).ok_or_else(|| empty(name))
    }
}

fn integer_in(name: &str, node: &Node, range: RangeInclusive<i32>) -> Result<i64, Refusal> {
    let Node::Number(digits) = node else {
        return Err(wrong_type(name, "an integer"));
    };
    if digits.contains(['.', 'e', 'E']) {
        return Err(wrong_type(name, "an integer"));
    }
    match digits.parse::<i32>() {
        Ok(value) if range.contains(&value) => Ok(value.into()),
        _ => Err(wrong_value(
            name,
            &format!("from {} to {}", range.start(), range.end()),
        )),
    }
}

/// Reads a string that is not empty.
pub(crate) fn text(name: &str, node: &Node) -> Result<String, Refusal> {
    match node {
        Node::Text(text) if text.is_empty() => Err(empty(name)),
        Node::Text(text) => Ok(text.clone()),
        _ => Err(wrong_type(name, "a string")),
    }
}
