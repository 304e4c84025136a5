//! Servers that take only some of the documented forms of `policyJson`.
//!
//! The reference shows single quotes in every example and leaves open whether double quotes are
//! accepted. Its generations place a common policy differently: in the element, or under `policy`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::model::{Element, Policy, PolicyType, Rule};
use crate::api::{Refusal, ResultCode};

/// The forms of `policyJson` in which a server takes a policy. The default is all of them. The text
/// form is `quotes=single,common=flat`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Takes {
    /// The quotes around strings.
    pub quotes: TakenQuotes,
    /// The place of the common policy's parameters.
    pub common: TakenCommon,
}

/// The quotes that a server takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenQuotes {
    /// Both.
    #[default]
    Any,
    /// Single quotes only.
    Single,
    /// Double quotes only: strict JSON.
    Double,
}

/// The place in which a server takes the parameters of a common policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenCommon {
    /// Both.
    #[default]
    Any,
    /// In the element, as the tables of generations A and B have it.
    Flat,
    /// Under `policy`, as the tables of generation C have it.
    Nested,
    /// In the element if `policyType` is 0 and under `policy` if it is 1, as the examples have it.
    Examples,
}

// === impl Takes ===

impl Takes {
    /// Refuses a posted policy in a form that the server does not take.
    pub(super) fn check(self, policy: &Policy, policy_json: &str) -> Result<(), Refusal> {
        let refused = match self.quotes {
            TakenQuotes::Any => None,
            TakenQuotes::Single => Some('"'),
            TakenQuotes::Double => Some('\''),
        };
        if let Some(quote) = refused.filter(|quote| delimits_a_string(*quote, policy_json)) {
            let reason = format!("policyJson cannot be read: {quote} is not expected.");
            return Err(Refusal::new(ResultCode::Conversion, reason));
        }
        let nested = match (self.common, policy.policy_type) {
            (TakenCommon::Any, _) => return Ok(()),
            (TakenCommon::Flat, _) | (TakenCommon::Examples, PolicyType::Global) => false,
            (TakenCommon::Nested, _) | (TakenCommon::Examples, PolicyType::NumberType) => true,
        };
        let is_refused = |element: &Element| {
            matches!(element.rule, Rule::Common { .. }) && element.posted.nested != nested
        };
        if policy.elements.iter().any(is_refused) {
            let reason = if nested {
                "retryTimes and retryDay are expected under policy."
            } else {
                "policy cannot be set when type is 0."
            };
            return Err(Refusal::new(ResultCode::BadCombination, reason));
        }
        Ok(())
    }
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("quotes=")?;
        self.quotes.serialize(&mut *f)?;
        f.write_str(",common=")?;
        self.common.serialize(f)
    }
}

impl FromStr for Takes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let members = text
            .split(',')
            .map(|part| match part.split_once('=') {
                Some((key, value)) => Ok((key.to_owned(), Value::from(value))),
                None => Err(format!("\"{part}\" is not KEY=VALUE")),
            })
            .collect::<Result<Map<_, _>, _>>()?;
        serde_json::from_value(Value::Object(members)).map_err(|error| error.to_string())
    }
}

/// Returns whether any string of the text stands in these quotes.
fn delimits_a_string(quote: char, text: &str) -> bool {
    let mut open = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match open {
            Some(_) if character == '\\' => {
                characters.next();
            }
            Some(delimiter) if character == delimiter => open = None,
            Some(_) => {}
            None if character == quote => return true,
            None if matches!(character, '\'' | '"') => open = Some(character),
            None => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: &str = "[{'type':0,'retryTimes':1,'retryDay':1}]";
    const NESTED: &str = "[{'type':0,'policy':{'retryTimes':1,'retryDay':1}}]";
    const TYPED: &str = "[{'dataType':'ST','type':0,'policy':{'retryTimes':1,'retryDay':1}}]";
    const RESULT: &str = "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";

    fn takes(takes: &str, policy_type: i64, policy_json: &str) -> bool {
        let takes: Takes = takes.parse().unwrap();
        let policy = Policy::parse(policy_type, policy_json).unwrap();
        takes.check(&policy, policy_json).is_ok()
    }

    #[test]
    fn a_form_that_is_not_taken_is_refused() {
        let double = FLAT.replace('\'', "\"");
        for (text, policy_type, policy_json, expected) in [
            ("quotes=any", 0, FLAT, true),
            ("quotes=single", 0, FLAT, true),
            ("quotes=single", 0, &double, false),
            ("quotes=double", 0, FLAT, false),
            ("quotes=double", 0, &double, true),
            ("common=flat", 0, FLAT, true),
            ("common=flat", 0, NESTED, false),
            ("common=flat", 1, TYPED, false),
            ("common=nested", 0, FLAT, false),
            ("common=nested", 0, NESTED, true),
            ("common=nested", 0, RESULT, true),
            ("common=examples", 0, NESTED, false),
            ("common=examples", 0, FLAT, true),
            ("common=examples", 1, TYPED, true),
        ] {
            let taken = takes(text, policy_type, policy_json);
            assert_eq!(taken, expected, "{text}: {policy_json}");
        }
    }

    #[test]
    fn quotes_inside_of_other_quotes_are_text() {
        assert!(!delimits_a_string('"', r#"['a"b','\'"']"#));
        assert!(delimits_a_string('"', r#"['a"b',"c"]"#));
    }

    #[test]
    fn the_text_form_is_parsed_and_displayed() {
        let text = "quotes=double,common=examples";
        assert_eq!(text.parse::<Takes>().unwrap().to_string(), text);
        for wrong in ["", "quotes", "quotes=triple", "colour=red"] {
            assert!(wrong.parse::<Takes>().is_err(), "{wrong}");
        }
    }
}
