//! Reads `noRetryPolicy`.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::{Map, Value};

use super::{
    DecodeError,
    fields::{member, parse, unexpected},
};
use crate::{
    parameter::ParameterPath,
    retry_policy::{model::ResultCode, parameter::Parameter, pseudo_json::Tolerance},
};

/// The codes of an element, or of the whole policy: in any form, or none.
pub(crate) fn codes(
    object: &Map<String, Value>,
    place: &ParameterPath,
    tolerance: Tolerance,
) -> Result<BTreeSet<ResultCode>, DecodeError> {
    let place = place.parameter(Parameter::NoRetryPolicy);
    let value = match member(object, Parameter::NoRetryPolicy) {
        Value::String(text) if text.trim_start().starts_with('[') => match bare_list(text) {
            Some(list) => return Ok(comma_list(list)),
            None => Cow::Owned(parse(text, &place, tolerance)?),
        },
        other => Cow::Borrowed(other),
    };
    match value.as_ref() {
        Value::Null => Ok(BTreeSet::new()),
        Value::String(list) => Ok(comma_list(list)),
        Value::Array(entries) => entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| match entry {
                Value::Null => None,
                Value::String(code) => ResultCode::new(code.as_str()).map(Ok),
                Value::Number(number) => ResultCode::new(number.to_string()).map(Ok),
                other => Some(Err(unexpected(&place.index(index), "a string", other))),
            })
            .collect(),
        other => Err(unexpected(&place, "a list of strings", other)),
    }
}

/// What stands between the brackets of a list whose codes have no quotes, `[002, 007]`, as Java
/// prints one. It is not read as JSON, which would change codes of digits alone, such as `1E5`.
fn bare_list(text: &str) -> Option<&str> {
    let list = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let is_bare = !list.contains(['"', '\'', '\\', '[', ']', '{', '}']);
    is_bare.then_some(list)
}

fn comma_list(list: &str) -> BTreeSet<ResultCode> {
    list.split(',')
        .map(str::trim)
        .filter(|code| *code != "null")
        .filter_map(ResultCode::new)
        .collect()
}
