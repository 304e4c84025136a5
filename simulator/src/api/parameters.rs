//! Parameters in the path and the query of a URI.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::result_code::{Refusal, ResultCode};
use crate::wire::WireRequest;

/// `vdnId` of Table 1: an integer from 1 to 9999.
pub(super) fn vdn_id(text: &str) -> Result<u16, Refusal> {
    let value = integer("vdnId", text)?;
    match u16::try_from(value) {
        Ok(vdn_id @ 1..=9999) => Ok(vdn_id),
        _ => Err(wrong_value("vdnId", "from 1 to 9999")),
    }
}

/// `campaignId` of Table 1: an integer.
pub(super) fn campaign_id(text: &str) -> Result<i64, Refusal> {
    match integer("campaignId", text)? {
        campaign_id @ 1.. => Ok(campaign_id),
        _ => Err(wrong_value("campaignId", "positive")),
    }
}

fn integer(name: &str, text: &str) -> Result<i64, Refusal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::new(
            ResultCode::WrongType,
            format!("{name} must be an integer."),
        ));
    }
    text.parse()
        .map_err(|_| wrong_value(name, "a 64-bit integer"))
}

pub(super) fn missing(name: &str) -> Refusal {
    Refusal::new(ResultCode::Empty, format!("{name} is missing."))
}

pub(super) fn wrong_value(name: &str, expected: &str) -> Refusal {
    Refusal::new(
        ResultCode::WrongValue,
        format!("{name} must be {expected}."),
    )
}

/// The query of a request; an empty parameter counts as one that is left out.
pub(super) struct QueryParameters(HashMap<String, String>);

impl QueryParameters {
    /// Refuses parameters that the interface does not know.
    pub(super) fn of(request: &WireRequest, known: &[&str]) -> Result<Self, Refusal> {
        let mut parameters = HashMap::new();
        for (name, value) in request.query_parameters() {
            if !known.contains(&name.as_str()) {
                let detail = format!("The parameter {name} is unknown.");
                return Err(Refusal::new(ResultCode::ParameterError, detail));
            }
            if !value.is_empty() {
                parameters.insert(name, value);
            }
        }
        Ok(Self(parameters))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.text(name).map(|text| integer(name, text)).transpose()
    }

    pub(super) fn integer_in(
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

    pub(super) fn integer_of(&self, name: &str, values: &[i64]) -> Result<Option<i64>, Refusal> {
        let value = self.integer(name)?;
        match value {
            Some(value) if !values.contains(&value) => {
                Err(wrong_value(name, &format!("one of {values:?}")))
            }
            value => Ok(value),
        }
    }
}

/// The rows of a page, counted from 1.
pub(super) fn page<T>(rows: Vec<T>, number: i64, size: i64) -> impl Iterator<Item = T> {
    let size = usize::try_from(size).unwrap_or(0);
    let before = usize::try_from(number - 1)
        .unwrap_or(0)
        .saturating_mul(size);
    rows.into_iter().skip(before).take(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_table_1() {
        let code = |result: Result<u16, Refusal>| result.map_err(|refusal| refusal.code);
        assert_eq!(code(vdn_id("1")), Ok(1));
        assert_eq!(code(vdn_id("9999")), Ok(9999));
        assert_eq!(code(vdn_id("0")), Err(ResultCode::WrongValue));
        assert_eq!(code(vdn_id("10000")), Err(ResultCode::WrongValue));
        assert_eq!(code(vdn_id("-1")), Err(ResultCode::WrongValue));
        for text in ["", "a", "+1", "1.0", "%31"] {
            assert_eq!(code(vdn_id(text)), Err(ResultCode::WrongType), "{text}");
        }
        assert_eq!(campaign_id("9223372036854775807").unwrap(), i64::MAX);
        assert!(campaign_id("9223372036854775808").is_err());
    }
}
