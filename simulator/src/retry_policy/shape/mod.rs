//! The shape of query replies.
//!
//! The reference does not define it completely, so every form that a generation of the API may use
//! can be selected, key by key.

mod choices;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

pub use self::choices::{
    CommonPolicy, ElementOrder, EnvelopeFields, ExtraFields, InnerPolicy, KeyOrder, NoRetryForm,
    NoRetryNone, NoRetryPlace, Numbers, Query, Quotes, RetryTimesKey, Spaces, Unset,
};

/// The shape of query replies. The default is generation B as far as it is documented.
///
/// The text form is `key=value,…`. `preset=NAME` sets every key; later keys change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shape {
    /// Encoding of `policyJson`.
    pub quotes: Quotes,
    /// Layout of the common policy.
    pub common: CommonPolicy,
    /// Encoding of `policy`.
    pub policy: InnerPolicy,
    /// Order of keys.
    pub keys: KeyOrder,
    /// Order of elements and result entries.
    pub elements: ElementOrder,
    /// Encoding of integers.
    pub numbers: Numbers,
    /// Name of the attempts per day.
    pub retry_times_key: RetryTimesKey,
    /// Position of `noRetryPolicy`.
    pub no_retry_place: NoRetryPlace,
    /// Form of `noRetryPolicy` with codes.
    pub no_retry_form: NoRetryForm,
    /// Form of `noRetryPolicy` without codes.
    pub no_retry_none: NoRetryNone,
    /// Spaces in `policyJson`.
    pub spaces: Spaces,
    /// Undocumented fields.
    pub extra_fields: ExtraFields,
    /// Fields of the envelope.
    pub envelope: EnvelopeFields,
    /// `data` of a policy that was never set.
    pub unset: Unset,
    /// Availability of the query.
    pub query: Query,
}

/// A shape that cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("cannot parse the shape \"{part}\": {reason}")]
pub struct ShapeError {
    part: String,
    reason: String,
}

// === impl Shape ===

impl Shape {
    /// All keys with their values, the default first.
    pub const KEYS: [(&'static str, &'static [&'static str]); 15] = [
        ("quotes", Quotes::NAMES),
        ("common", CommonPolicy::NAMES),
        ("policy", InnerPolicy::NAMES),
        ("keys", KeyOrder::NAMES),
        ("elements", ElementOrder::NAMES),
        ("numbers", Numbers::NAMES),
        ("retry-times-key", RetryTimesKey::NAMES),
        ("no-retry-place", NoRetryPlace::NAMES),
        ("no-retry-form", NoRetryForm::NAMES),
        ("no-retry-none", NoRetryNone::NAMES),
        ("spaces", Spaces::NAMES),
        ("extra-fields", ExtraFields::NAMES),
        ("envelope", EnvelopeFields::NAMES),
        ("unset", Unset::NAMES),
        ("query", Query::NAMES),
    ];

    /// All presets with the keys that they change.
    pub const PRESETS: [(&'static str, &'static str); 5] = [
        (
            "generation-a",
            "envelope=result-only,no-retry-place=element",
        ),
        ("generation-b", ""),
        (
            "generation-c",
            "common=nested,retry-times-key=retryTime,extra-fields=some",
        ),
        (
            "strict-json",
            "quotes=double,spaces=inside,no-retry-form=list",
        ),
        (
            "adverse",
            "quotes=double,common=nested,policy=string,keys=reversed,elements=reversed,\
             numbers=strings,no-retry-place=element,no-retry-form=comma-list,\
             no-retry-none=empty-string,spaces=inside,extra-fields=some",
        ),
    ];

    /// Returns the default with one key changed, for every key and value, and every preset, each
    /// with its text. For tests that cover all shapes.
    pub fn variants() -> Vec<(String, Self)> {
        let single = Self::KEYS
            .iter()
            .flat_map(|(key, values)| values.iter().map(move |value| format!("{key}={value}")));
        let presets = Self::PRESETS
            .iter()
            .map(|(name, _)| format!("preset={name}"));
        single
            .chain(presets)
            .filter_map(|text| text.parse().ok().map(|shape| (text, shape)))
            .collect()
    }

    /// Returns this shape with the keys of `text` changed.
    ///
    /// # Errors
    /// If a part of the text is not `key=value` with a known key and value.
    pub fn with(self, text: &str) -> Result<Self, ShapeError> {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .try_fold(self, Self::with_part)
    }

    fn with_part(self, part: &str) -> Result<Self, ShapeError> {
        let error = |reason: String| ShapeError {
            part: part.to_owned(),
            reason,
        };
        let (key, value) = part
            .split_once('=')
            .ok_or_else(|| error("it is not key=value".to_owned()))?;
        if key == "preset" {
            let (_, keys) = Self::PRESETS
                .iter()
                .find(|(name, _)| *name == value)
                .ok_or_else(|| error("there is no such preset".to_owned()))?;
            return Self::default().with(keys);
        }
        self.merged(&Map::from_iter([(key.to_owned(), Value::from(value))]))
            .map_err(|reason| error(reason.to_string()))
    }

    /// Returns this shape with the given keys changed.
    pub(crate) fn merged(self, keys: &Map<String, Value>) -> Result<Self, serde_json::Error> {
        let mut shape = serde_json::to_value(self)?;
        if let Some(shape) = shape.as_object_mut() {
            shape.extend(keys.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        serde_json::from_value(shape)
    }
}

impl FromStr for Shape {
    type Err = ShapeError;

    fn from_str(text: &str) -> Result<Self, ShapeError> {
        Self::default().with(text)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(Value::Object(keys)) = serde_json::to_value(self) else {
            return Err(fmt::Error);
        };
        for (index, (key, value)) in keys.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{key}={}", value.as_str().unwrap_or_default())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_value_and_preset_is_parsed_and_displayed() {
        let values: usize = Shape::KEYS.iter().map(|(_, values)| values.len()).sum();
        let variants = Shape::variants();
        assert_eq!(variants.len(), values + Shape::PRESETS.len());
        let default = Shape::default().to_string();
        for (key, values) in Shape::KEYS {
            assert!(default.contains(&format!("{key}={}", values[0])), "{key}");
        }
        for (text, shape) in variants {
            assert_eq!(shape.to_string().parse(), Ok(shape), "{text}");
        }
    }

    #[test]
    fn unknown_keys_and_values_are_refused() {
        for text in [
            "quotes",
            "quotes=triple",
            "colour=red",
            "preset=generation-z",
        ] {
            assert!(text.parse::<Shape>().is_err(), "{text}");
        }
    }
}
