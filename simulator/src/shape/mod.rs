//! The shape of replies of the retry policy interface.
//!
//! The reference does not define it completely, so every form that a generation of the API may use
//! can be selected, key by key, and forms that no page foresees. A shape changes how a reply is
//! written and never what the server keeps, which is up to [`Keeps`](crate::Keeps).

mod choices;
mod readability;
mod variant;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use self::choices::Values;
pub use self::{
    choices::{
        Charset, CommonPolicy, ContentEncoding, ContentType, DataKey, Defect, ElementOrder,
        EnvelopeFields, ExtraFields, Gone, InnerPolicy, KeyOrder, LetterCase, Names, NoRetryForm,
        NoRetryNone, NoRetryOrder, NoRetryPlace, Numbers, Query, Quotes, RetryTimesKey, Spaces,
        Unset, Zeros,
    },
    readability::Readability,
    variant::ShapeVariant,
};

/// The shape of replies. The default is generation B as far as it is documented.
///
/// `envelope`, `envelope-case`, `gone`, `content-type`, `charset` and `content-encoding` shape the
/// replies to queries and to POSTs; the other keys, those to queries.
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
    /// Integers that are 0.
    pub zeros: Zeros,
    /// Name of the attempts per day.
    pub retry_times_key: RetryTimesKey,
    /// Position of `noRetryPolicy`.
    pub no_retry_place: NoRetryPlace,
    /// Form of `noRetryPolicy` with codes.
    pub no_retry_form: NoRetryForm,
    /// Order of the codes of `noRetryPolicy`.
    pub no_retry_order: NoRetryOrder,
    /// Form of `noRetryPolicy` without codes.
    pub no_retry_none: NoRetryNone,
    /// Spaces in `policyJson`.
    pub spaces: Spaces,
    /// Undocumented fields.
    pub extra_fields: ExtraFields,
    /// Spelling of names and codes.
    pub names: Names,
    /// Letter case of the members of `data` and of `policyJson`.
    pub member_case: LetterCase,
    /// A member that cannot be read.
    pub defect: Defect,
    /// Fields of the envelope.
    pub envelope: EnvelopeFields,
    /// Letter case of the members of the envelope.
    pub envelope_case: LetterCase,
    /// Member of the envelope that contains the policy.
    pub data_key: DataKey,
    /// The reply for a campaign whose policy was never set.
    pub unset: Unset,
    /// Availability of the query.
    pub query: Query,
    /// The reply for a campaign that does not exist.
    pub gone: Gone,
    /// `Content-Type`.
    pub content_type: ContentType,
    /// Encoding of the text.
    pub charset: Charset,
    /// `Content-Encoding`.
    pub content_encoding: ContentEncoding,
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
    pub const KEYS: [(&'static str, Values); 26] = [
        ("quotes", Quotes::VALUES),
        ("common", CommonPolicy::VALUES),
        ("policy", InnerPolicy::VALUES),
        ("keys", KeyOrder::VALUES),
        ("elements", ElementOrder::VALUES),
        ("numbers", Numbers::VALUES),
        ("zeros", Zeros::VALUES),
        ("retry-times-key", RetryTimesKey::VALUES),
        ("no-retry-place", NoRetryPlace::VALUES),
        ("no-retry-form", NoRetryForm::VALUES),
        ("no-retry-order", NoRetryOrder::VALUES),
        ("no-retry-none", NoRetryNone::VALUES),
        ("spaces", Spaces::VALUES),
        ("extra-fields", ExtraFields::VALUES),
        ("names", Names::VALUES),
        ("member-case", LetterCase::VALUES),
        ("defect", Defect::VALUES),
        ("envelope", EnvelopeFields::VALUES),
        ("envelope-case", LetterCase::VALUES),
        ("data-key", DataKey::VALUES),
        ("unset", Unset::VALUES),
        ("query", Query::VALUES),
        ("gone", Gone::VALUES),
        ("content-type", ContentType::VALUES),
        ("charset", Charset::VALUES),
        ("content-encoding", ContentEncoding::VALUES),
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
    fn the_text_form_is_parsed_and_displayed() {
        let default = Shape::default().to_string();
        for (key, values) in Shape::KEYS {
            assert!(default.contains(&format!("{key}={}", values[0].0)), "{key}");
        }
        for variant in Shape::all() {
            let text = variant.shape.to_string();
            assert_eq!(text.parse(), Ok(variant.shape), "{}", variant.name);
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
