//! Reads single members and lists, each with its place.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::{Map, Value};

use super::{DecodeError, DecodeProblem};
use crate::{
    parameter::ParameterPath,
    printable::printable,
    retry_policy::{parameter::Parameter, pseudo_json},
    whole_number::integer_of,
};

/// The treatment of members that no table of the API reference has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownMembers {
    /// Pass over them: a reply may hold more than the reference says.
    Ignore,
    /// Refuse them, and everything else that would be lost: a person has written them for a
    /// purpose.
    Refuse,
}

/// A value may be encoded as a string this many times over.
const MAX_ENCODED: usize = 4;

/// The longest number that a message quotes.
const MAX_QUOTED_NUMBER: usize = 20;

/// The longest name that a message quotes, in characters.
const MAX_QUOTED_NAME: usize = 40;

// === impl UnknownMembers ===

impl UnknownMembers {
    /// Refuses an object with a member that is none of the known ones, if that is asked for, and
    /// one whose name was damaged, which may have been any.
    pub(crate) fn check(
        self,
        object: &Map<String, Value>,
        known: &'static [Parameter],
        place: &ParameterPath,
    ) -> Result<(), DecodeError> {
        let unknown = object
            .keys()
            .find(|name| !known.iter().any(|parameter| is_name_of(name, *parameter)));
        match (self, unknown) {
            (_, Some(_)) if object.keys().any(|name| is_damaged(name)) => {
                Err(error(place, DecodeProblem::LostCharacter))
            }
            (Self::Refuse, Some(name)) => Err(error(
                place,
                DecodeProblem::UnknownMember {
                    name: printable(name, MAX_QUOTED_NAME),
                    known,
                },
            )),
            _ => Ok(()),
        }
    }
}

/// Reads the objects of a list, each with its place. One object in place of the list stands for a
/// list of one, if it has any of the known members.
pub(crate) fn entries<T>(
    value: &Value,
    place: &ParameterPath,
    known: &'static [Parameter],
    mut read: impl FnMut(&Map<String, Value>, &ParameterPath) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    match value {
        Value::Array(entries) => entries
            .iter()
            .enumerate()
            .map(|(index, entry)| {
                let place = place.index(index);
                match decoded(entry, &place)?.as_ref() {
                    Value::Object(object) => read(object, &place),
                    other => Err(unexpected(&place, "an object", other)),
                }
            })
            .collect(),
        Value::Object(object) if has_any(object, known) => Ok(vec![read(object, &place.index(0))?]),
        other => Err(unexpected(place, "a list", other)),
    }
}

/// Returns whether any of these parameters has a value in the object.
pub(crate) fn has_any(object: &Map<String, Value>, parameters: &[Parameter]) -> bool {
    parameters
        .iter()
        .any(|parameter| values(object, *parameter).next().is_some())
}

/// Reads an integer that may be given in several objects and spellings, but with one value.
///
/// Servers write 0, -1 or null for a number that is not set, so these give way to any other, but
/// for a 0 that names a type.
pub(crate) fn optional_integer(
    objects: &[&Map<String, Value>],
    parameter: Parameter,
    place: &ParameterPath,
) -> Result<Option<i64>, DecodeError> {
    let place = place.parameter(parameter);
    let mut integers = objects
        .iter()
        .flat_map(|object| values(object, parameter))
        .map(|value| integer_of(value).ok_or_else(|| unexpected(&place, "an integer", value)))
        .collect::<Result<BTreeSet<_>, _>>()?;
    let unset: &[i64] = match parameter {
        Parameter::PolicyType | Parameter::Type => &[-1],
        _ => &[-1, 0],
    };
    for unset in unset {
        if integers.len() > 1 {
            integers.remove(unset);
        }
    }
    let mut integers = integers.into_iter();
    match (integers.next(), integers.next()) {
        (Some(one), Some(other)) => Err(error(
            &place,
            DecodeProblem::Contradictory(format!("{one} and {other}")),
        )),
        (one, _) => Ok(one),
    }
}

/// Reads an integer that must be there.
pub(crate) fn integer(
    objects: &[&Map<String, Value>],
    parameter: Parameter,
    place: &ParameterPath,
) -> Result<i64, DecodeError> {
    optional_integer(objects, parameter, place)?.ok_or_else(|| missing(place.parameter(parameter)))
}

/// Returns the value of a parameter in whichever spelling has one, or null.
pub(crate) fn member<'a>(
    object: &'a Map<String, Value>,
    parameter: Parameter,
    place: &ParameterPath,
) -> Result<&'a Value, DecodeError> {
    let mut values = values(object, parameter);
    let first = values.next().unwrap_or(&Value::Null);
    if values.all(|value| value == first) {
        return Ok(first);
    }
    Err(error(
        &place.parameter(parameter),
        DecodeProblem::Contradictory("different values under several spellings".to_owned()),
    ))
}

/// Reads the name that a parameter holds. A number type may be called by digits alone, which a server
/// may write as a number.
pub(crate) fn name(
    object: &Map<String, Value>,
    parameter: Parameter,
    place: &ParameterPath,
) -> Result<Option<String>, DecodeError> {
    let place_of_name = place.parameter(parameter);
    let name = match member(object, parameter, place)? {
        Value::Null => return Ok(None),
        Value::String(name) => name.trim().to_owned(),
        Value::Number(number) if number.is_u64() => number.to_string(),
        other => return Err(unexpected(&place_of_name, "a string", other)),
    };
    check_characters(&name, &place_of_name)?;
    Ok(Some(name))
}

/// Returns the values of a parameter, without blank ones.
///
/// Names count whatever their case, and with or without underscores, as serializers change them.
fn values(object: &Map<String, Value>, parameter: Parameter) -> impl Iterator<Item = &Value> {
    object
        .iter()
        .filter(move |(name, value)| is_name_of(name, parameter) && !is_blank(value))
        .map(|(_, value)| value)
}

/// Returns whether a member of this name holds the parameter. `retryTimes` may have lost its s, as in the
/// newest table of the API.
pub(crate) fn is_name_of(name: &str, parameter: Parameter) -> bool {
    is_spelling_of(name, parameter.api_name())
        || (parameter == Parameter::RetryTimes && is_spelling_of(name, "retryTime"))
}

/// Returns whether the name is another spelling of the given one: in other case, in snake case or kebab
/// case, or with blanks.
pub(crate) fn is_spelling_of(name: &str, api_name: &str) -> bool {
    let folded = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-') && !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase());
    name == api_name || folded.eq(api_name.chars().map(|c| c.to_ascii_lowercase()))
}

/// Decodes a string that holds JSON, however often it was encoded, and passes on any other value.
pub(crate) fn decoded<'a>(
    value: &'a Value,
    place: &ParameterPath,
) -> Result<Cow<'a, Value>, DecodeError> {
    let mut value = Cow::Borrowed(value);
    for _ in 0..MAX_ENCODED {
        let inner = match value.as_ref() {
            Value::String(text) if !is_blank(&value) => parse(text, place)?,
            _ => break,
        };
        value = Cow::Owned(inner);
    }
    Ok(value)
}

/// Reads text that holds JSON.
pub(crate) fn parse(text: &str, place: &ParameterPath) -> Result<Value, DecodeError> {
    check_characters(text, place)?;
    pseudo_json::parse(text).map_err(|problem| error(place, DecodeProblem::Syntax(problem)))
}

/// Refuses text that has lost characters in transit: the policy would not be the server's.
pub(crate) fn check_characters(text: &str, place: &ParameterPath) -> Result<(), DecodeError> {
    if is_damaged(text) {
        return Err(error(place, DecodeProblem::LostCharacter));
    }
    Ok(())
}

/// Returns whether a character of the text was replaced because it could not be decoded.
pub(crate) fn is_damaged(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER)
}

/// Returns whether there is nothing: null, absent and empty are the same, also as text.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => matches!(text.trim(), "" | "null"),
        Value::Array(entries) => entries.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Creates the error of a value of the wrong type. It names the type that was found, not the
/// content, which may be long or anything at all; only a short number is quoted.
pub(crate) fn unexpected(
    place: &ParameterPath,
    expected: &'static str,
    found: &Value,
) -> DecodeError {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(number) => Some(number.to_string())
            .filter(|text| text.len() <= MAX_QUOTED_NUMBER)
            .unwrap_or_else(|| "a number".to_owned()),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    error(place, DecodeProblem::Unexpected { expected, found })
}

/// Creates the error of a value that must be there.
pub(crate) fn missing(place: ParameterPath) -> DecodeError {
    error(&place, DecodeProblem::Missing)
}

pub(crate) fn error(place: &ParameterPath, problem: DecodeProblem) -> DecodeError {
    DecodeError {
        document: String::new(),
        place: place.clone(),
        problem,
    }
}
