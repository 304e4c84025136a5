//! Integers and query parameters, and the refusals that all parameters share.

use std::{collections::HashMap, ops::RangeInclusive};

use super::{Refusal, ResultCode};
use crate::http::WireRequest;

/// The query of a request. An empty parameter counts as missing.
pub(crate) struct QueryParameters(HashMap<String, String>);

// === impl QueryParameters ===

impl QueryParameters {
    /// Parses the query and refuses parameters that are not in `known`.
    pub(super) fn parse(request: &WireRequest, known: &[&str]) -> Result<Self, Refusal> {
        let mut parameters = HashMap::new();
        for (name, value) in request.query_parameters() {
            if !known.contains(&name.as_str()) {
                return Err(unknown(&name));
            }
            if !value.is_empty() {
                parameters.insert(name, value);
            }
        }
        Ok(Self(parameters))
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.text(name).map(|text| integer(name, text)).transpose()
    }

    pub(crate) fn integer_in(
        &self,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Result<Option<i64>, Refusal> {
        let value = self.integer(name)?;
        match value {
            Some(value) if !range.contains(&value) => Err(wrong_value(
                name,
                &format!("from {} to {}", range.start(), range.end()),
            )),
            value => Ok(value),
        }
    }

    pub(crate) fn integer_of(&self, name: &str, values: &[i64]) -> Result<Option<i64>, Refusal> {
        let value = self.integer(name)?;
        match value {
            Some(value) if !values.contains(&value) => {
                Err(wrong_value(name, &format!("one of {values:?}")))
            }
            value => Ok(value),
        }
    }
}

/// Returns the rows of the page `number`, counted from 1.
pub(crate) fn page<T>(
    rows: impl IntoIterator<Item = T>,
    number: i64,
    size: i64,
) -> impl Iterator<Item = T> {
    let size = usize::try_from(size).unwrap_or(0);
    let skipped = usize::try_from(number - 1)
        .unwrap_or(0)
        .saturating_mul(size);
    rows.into_iter().skip(skipped).take(size)
}

/// Parses a 64-bit integer: digits, with a minus sign or none.
pub(super) fn integer(name: &str, text: &str) -> Result<i64, Refusal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong_type(name, "an integer"));
    }
    text.parse()
        .map_err(|_| wrong_value(name, "a 64-bit integer"))
}

pub(crate) fn empty(name: &str) -> Refusal {
    Refusal::new(ResultCode::Empty, format!("{name} is missing."))
}

pub(crate) fn unknown(name: &str) -> Refusal {
    let detail = format!("The parameter {name} is unknown.");
    Refusal::new(ResultCode::ParameterError, detail)
}

pub(crate) fn wrong_type(name: &str, expected: &str) -> Refusal {
    Refusal::new(ResultCode::WrongType, format!("{name} must be {expected}."))
}

pub(crate) fn wrong_value(name: &str, expected: &str) -> Refusal {
    let detail = format!("{name} must be {expected}.");
    Refusal::new(ResultCode::WrongValue, detail)
}
