//! Reads `noRetryPolicy`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    DecodeError,
    fields::{check_characters, member, parse, unexpected},
};
use crate::{
    parameter::ParameterPath,
    retry_policy::{model::ResultCode, parameter::Parameter},
};

/// A list of codes may be encoded as a string this many times over.
const MAX_ENCODED: usize = 4;

/// Reads the codes of an element, or of the whole policy, in any form.
pub(crate) fn codes(
    object: &Map<String, Value>,
    place: &ParameterPath,
) -> Result<BTreeSet<ResultCode>, DecodeError> {
    let value = member(object, Parameter::NoRetryPolicy, place)?;
    let mut codes = BTreeSet::new();
    let place = place.parameter(Parameter::NoRetryPolicy);
    read(value, &place, MAX_ENCODED, &mut codes)?;
    Ok(codes)
}

/// Splits a text into the codes that it lists. A code holds no separator and no quotes.
pub(crate) fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(is_separator)
        .map(|code| code.trim_matches(is_quote))
        .filter(|code| !matches!(*code, "" | "null"))
}

fn read(
    value: &Value,
    place: &ParameterPath,
    encoded: usize,
    codes: &mut BTreeSet<ResultCode>,
) -> Result<(), DecodeError> {
    match value {
        Value::Null => Ok(()),
        Value::String(text) => read_text(text, place, encoded, codes),
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                let place = place.index(index);
                match entry {
                    Value::Null => {}
                    Value::String(list) => add(list, &place, codes)?,
                    // A code of digits that has become a number: 7.0 is 7.
                    Value::Number(number) => {
                        let text = number.to_string();
                        let code = text.strip_suffix(".0").unwrap_or(&text);
                        add(code, &place, codes)?;
                    }
                    other => return Err(unexpected(&place, "a string", other)),
                }
            }
            Ok(())
        }
        other => Err(unexpected(place, "a list of strings", other)),
    }
}

fn read_text(
    text: &str,
    place: &ParameterPath,
    encoded: usize,
    codes: &mut BTreeSet<ResultCode>,
) -> Result<(), DecodeError> {
    let is_list = text.trim_start().starts_with('[');
    let is_encoded_list =
        text.trim_start().starts_with(['"', '\'']) && text.contains('[') && encoded > 0;
    match bare_list(text) {
        Some(list) => add(list, place, codes),
        None if is_list || is_encoded_list => {
            let value = parse(text, place)?;
            read(&value, place, encoded.saturating_sub(1), codes)
        }
        None => add(text, place, codes),
    }
}

/// Returns the part between the brackets of a list whose codes have no quotes, `[002, 007]`, as Java
/// prints one. It is not read as JSON, which would change codes of digits alone, such as `1E5`.
fn bare_list(text: &str) -> Option<&str> {
    let list = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let is_bare = !list.contains(['"', '\'', '\\', '[', ']', '{', '}']);
    is_bare.then_some(list)
}

/// Adds the codes of a text, and refuses one with brackets or quotes inside, which is a form of
/// list that is not known.
fn add(
    list: &str,
    place: &ParameterPath,
    codes: &mut BTreeSet<ResultCode>,
) -> Result<(), DecodeError> {
    check_characters(list, place)?;
    for code in split(list) {
        if code.contains(|c: char| is_quote(c) || matches!(c, '[' | ']' | '{' | '}' | '\\')) {
            let text = Value::String(list.to_owned());
            return Err(unexpected(place, "result codes", &text));
        }
        codes.extend(ResultCode::new(code));
    }
    Ok(())
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '，' | '；' | '、') || c.is_whitespace()
}

const fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '‘' | '’' | '“' | '”')
}
