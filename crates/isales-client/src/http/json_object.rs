//! Reads lists and objects in replies.

use serde_json::{Map, Value};

use crate::{error::ProtocolProblem, whole_number::integer_of};

/// An object in a reply, and its place there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonObject<'a> {
    members: &'a Map<String, Value>,
    place: &'a str,
}

// === impl JsonObject ===

impl<'a> JsonObject<'a> {
    /// Takes a value that must be an object.
    pub(crate) fn new(value: &'a Value, place: &'a str) -> Result<Self, ProtocolProblem> {
        match value {
            Value::Object(members) => Ok(Self { members, place }),
            _ => Err(unreadable(place, "an object")),
        }
    }

    /// Returns the text under the first of the names that is present. It is required.
    pub(crate) fn text(&self, names: &[&str]) -> Result<String, ProtocolProblem> {
        self.optional_text(names)?
            .ok_or_else(|| self.unreadable(names, "a string"))
    }

    /// Returns text that may be missing, null or empty. A number counts as its digits.
    pub(crate) fn optional_text(&self, names: &[&str]) -> Result<Option<String>, ProtocolProblem> {
        match self.first(names) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(self.unreadable(names, "a string")),
        }
    }

    /// Returns an integer that may be missing, null, empty or a string of digits.
    pub(crate) fn optional_integer(&self, names: &[&str]) -> Result<Option<i64>, ProtocolProblem> {
        match self.first(names) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(value) => integer_of(value)
                .map(Some)
                .ok_or_else(|| self.unreadable(names, "an integer")),
        }
    }

    /// Returns the entries of a list, which may be missing, null or empty.
    pub(crate) fn list(&self, name: &str) -> Result<&'a [Value], ProtocolProblem> {
        list(self.members, name).map_err(|_| self.unreadable(&[name], "a list"))
    }

    /// Returns a member as it is.
    pub(crate) fn member(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    /// Reads the objects in a list, which may be missing, null or empty.
    pub(crate) fn objects<T>(
        &self,
        name: &str,
        read: impl Fn(&JsonObject<'_>) -> Result<T, ProtocolProblem>,
    ) -> Result<Vec<T>, ProtocolProblem> {
        self.list(name)?
            .iter()
            .enumerate()
            .map(|(index, row)| {
                let place = format!("{}.{name}[{index}]", self.place);
                read(&JsonObject::new(row, &place)?)
            })
            .collect()
    }

    /// Creates the error of a member that cannot be decoded.
    pub(crate) fn unreadable(&self, names: &[&str], expected: &'static str) -> ProtocolProblem {
        let name = names.first().copied().unwrap_or_default();
        unreadable(format!("{}.{name}", self.place), expected)
    }

    fn first(&self, names: &[&str]) -> Option<&'a Value> {
        names.iter().find_map(|name| self.members.get(*name))
    }
}

/// Returns the entries of a list, which may be missing, null or empty.
pub(crate) fn list<'a>(
    members: &'a Map<String, Value>,
    name: &str,
) -> Result<&'a [Value], ProtocolProblem> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::String(text)) if text.is_empty() => Ok(&[]),
        Some(Value::Array(entries)) => Ok(entries),
        Some(_) => Err(unreadable(name, "a list")),
    }
}

fn unreadable(path: impl Into<String>, expected: &'static str) -> ProtocolProblem {
    ProtocolProblem::Member {
        path: path.into(),
        expected,
    }
}
