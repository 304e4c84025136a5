//! Reads single values and lists, each with its place.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{DecodeError, DecodeProblem};
use crate::{
    parameter::ParameterPath,
    retry_policy::{
        parameter::Parameter,
        pseudo_json::{self, Tolerance},
    },
};

/// Reads the objects of a list, each with its place.
pub(crate) fn entries<T>(
    value: &Value,
    place: &ParameterPath,
    mut read: impl FnMut(&Map<String, Value>, &ParameterPath) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let Value::Array(entries) = value else {
        return Err(unexpected(place, "a list", value));
    };
    entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let place = place.index(index);
            match entry {
                Value::Object(object) => read(object, &place),
                other => Err(unexpected(&place, "an object", other)),
            }
        })
        .collect()
}

/// An integer that must be there.
pub(crate) fn integer(
    object: &Map<String, Value>,
    parameter: Parameter,
    place: &ParameterPath,
) -> Result<i64, DecodeError> {
    let place = place.parameter(parameter);
    let value = member(object, parameter);
    let number = match value {
        Value::Null => return Err(missing(place)),
        Value::String(text) if text.trim().is_empty() => return Err(missing(place)),
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| unexpected(&place, "an integer", value))
}

/// The value of a parameter; null if there is none. `retryTimes` is also looked for without its
/// s, as the newest table of the API spells it.
pub(crate) fn member(object: &Map<String, Value>, parameter: Parameter) -> &Value {
    let value = object.get(parameter.api_name());
    let value = match parameter {
        Parameter::RetryTimes => value
            .filter(|value| !is_empty(value))
            .or_else(|| object.get("retryTime"))
            .or(value),
        _ => value,
    };
    value.unwrap_or(&Value::Null)
}

/// Decodes a string that holds JSON; any other value is taken as it is.
pub(crate) fn unfold<'a>(
    value: &'a Value,
    place: &ParameterPath,
    tolerance: Tolerance,
) -> Result<Cow<'a, Value>, DecodeError> {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            parse(text, place, tolerance).map(Cow::Owned)
        }
        other => Ok(Cow::Borrowed(other)),
    }
}

/// Reads text that holds JSON.
pub(crate) fn parse(
    text: &str,
    place: &ParameterPath,
    tolerance: Tolerance,
) -> Result<Value, DecodeError> {
    pseudo_json::parse(text, tolerance).map_err(|error| DecodeError {
        place: place.clone(),
        problem: DecodeProblem::Syntax(error),
    })
}

/// Whether there is nothing: null, absent and empty are the same.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(entries) => entries.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Tells the kind of what was found, not its content, which may be long or anything at all.
pub(crate) fn unexpected(
    place: &ParameterPath,
    expected: &'static str,
    found: &Value,
) -> DecodeError {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    DecodeError {
        place: place.clone(),
        problem: DecodeProblem::Unexpected {
            expected,
            found: found.to_owned(),
        },
    }
}

fn missing(place: ParameterPath) -> DecodeError {
    DecodeError {
        place,
        problem: DecodeProblem::Missing,
    }
}
