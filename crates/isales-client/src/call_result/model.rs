//! The definition of an outbound call result.

use std::{collections::BTreeSet, fmt, str::FromStr};

use crate::{
    id::{IdError, VdnId},
    retry_policy::ResultCode,
    text::composed,
};

/// The definition of an outbound call result, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallResult {
    /// `resultCode`, a code for `noRetryPolicy`.
    pub result_code: ResultCode,
    /// `displayResult`, the name of the result.
    pub display_result: String,
    /// `defId`, the ID of the definition, if the server returns it.
    pub def_id: Option<String>,
}

/// The whole definition, as it is sent and as the detail shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallResultDefinition {
    /// `resultCode`. Without it, the server chooses the code of a new definition.
    pub result_code: Option<ResultCode>,
    /// `displayResult`.
    pub display_result: String,
    /// `obsCodes`: the OBS codes with this result. Their order has no meaning.
    pub obs_codes: BTreeSet<String>,
}

/// `defId`: the ID of a definition. The API reference calls it an integer in one place and a string
/// in others, so any text is accepted that needs no escaping in a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefId(String);

/// A definition and the VDN it belongs to. Displays as `vdn_id/def_id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallResultRef {
    /// The VDN.
    pub vdn_id: VdnId,
    /// The definition.
    pub def_id: DefId,
}

// === impl CallResultDefinition ===

impl CallResultDefinition {
    /// Returns whether a definition on the server is as this one was sent: a code that the server
    /// chose is not compared, and texts are equal where Unicode says so.
    #[must_use]
    pub fn is_kept_as(&self, stored: &Self) -> bool {
        let code = self.result_code.as_ref();
        code.is_none_or(|code| stored.has_code(code))
            && self.has_text(&stored.display_result)
            && self.obs_codes == stored.obs_codes
    }

    /// Returns whether the text is that of the definition.
    #[must_use]
    pub fn has_text(&self, display_result: &str) -> bool {
        composed(&self.display_result) == composed(display_result)
    }

    fn has_code(&self, code: &ResultCode) -> bool {
        let own = self.result_code.as_ref();
        own.is_some_and(|own| composed(own.as_str()) == composed(code.as_str()))
    }
}

// === impl DefId ===

impl DefId {
    /// Maximum length, in characters.
    const MAX: usize = 64;

    /// Returns the ID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DefId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (1..=Self::MAX).contains(&text.len()) && text.bytes().all(is_plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError::NotADefId(text.to_owned()))
        }
    }
}

impl fmt::Display for DefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// === impl CallResultRef ===

impl fmt::Display for CallResultRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.vdn_id, self.def_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(code: Option<&str>, text: &str, obs_codes: &[&str]) -> CallResultDefinition {
        CallResultDefinition {
            result_code: code.and_then(ResultCode::new),
            display_result: text.to_owned(),
            obs_codes: obs_codes.iter().map(|code| (*code).to_owned()).collect(),
        }
    }

    #[test]
    fn a_definition_is_compared_by_what_was_sent() {
        let stored = definition(Some("007"), "Caf\u{e9}", &["00606", "00602"]);
        let codes = ["00602", "00606"];
        assert!(definition(None, "Cafe\u{301}", &codes).is_kept_as(&stored));
        assert!(definition(Some("007"), "Caf\u{e9}", &codes).is_kept_as(&stored));
        for other in [
            definition(Some("008"), "Caf\u{e9}", &codes),
            definition(None, "Cafe", &codes),
            definition(None, "Caf\u{e9}", &codes[..1]),
        ] {
            assert!(!other.is_kept_as(&stored), "{other:?}");
        }
        let uncoded = definition(None, "Caf\u{e9}", &codes);
        assert!(!stored.is_kept_as(&uncoded));
    }

    #[test]
    fn an_id_that_would_change_the_path_is_refused() {
        for text in ["1645244637", "007", "a-B_9"] {
            assert_eq!(text.parse::<DefId>().unwrap().to_string(), text);
        }
        let long = "1".repeat(65);
        for text in ["", "1/2", "..", "1 ", "%31", "1?a", "é", &long] {
            let error = text.parse::<DefId>().unwrap_err();
            assert_eq!(error, IdError::NotADefId(text.to_owned()));
        }
    }
}
