//! Checks of single values.

use std::{collections::BTreeMap, fmt};

use super::{draft::DraftValue, finding::Finding, title::RuleTitle};
use crate::{
    parameter::ParameterPath,
    printable::{printable, quoted},
    retry_policy::parameter::Parameter,
};

/// The largest value of an `Integer` in Tables 4 and 5, which has 32 bits.
const MAX_INTEGER: i64 = i32::MAX as i64;
/// The smallest value of an `Integer`.
pub(crate) const MIN_INTEGER: i64 = i32::MIN as i64;

/// Maximum length of a value in a message, in characters.
const MAX_KEY: usize = 100;

/// The findings so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(pub(crate) Vec<Finding>);

// === impl Findings ===

impl Findings {
    /// Checks a string inside `policyJson` (Tables 3 and 4): the reference shows no way to write a
    /// quote, a backslash or a control character there, and an empty string names nothing. Returns
    /// whether the string is valid.
    pub(crate) fn text(&mut self, text: &str, place: &ParameterPath, parameter: Parameter) -> bool {
        if text.is_empty() {
            self.0.push(Finding::error(
                place.clone(),
                RuleTitle::EmptyString,
                format!(
                    "{parameter} contains an empty string, which names nothing (Table 4). Write the name, or omit it."
                ),
            ));
            return false;
        }
        let breaks = text
            .chars()
            .find(|c| matches!(c, '\'' | '"' | '\\') || c.is_control());
        if let Some(c) = breaks {
            self.0.push(Finding::error(
                place.clone(),
                RuleTitle::InvalidCharacter,
                format!(
                    "{parameter} contains {}, but the character {c:?} would break the string that the API expects as policy_json (Table 3). Quotes, backslashes and control characters cannot be sent; use a name without them.",
                    quoted(text)
                ),
            ));
        }
        breaks.is_none()
    }

    /// Checks a required `Integer` with a few allowed values.
    pub(crate) fn choice<T>(
        &mut self,
        given: &DraftValue<i64>,
        place: &ParameterPath,
        parameter: Parameter,
        choices: &str,
        read: impl Fn(i64) -> Option<T>,
    ) -> Option<T> {
        match given {
            DraftValue::Unknown => None,
            DraftValue::Null => {
                self.missing(place, parameter, &format!("Set it to {choices}."));
                None
            }
            DraftValue::Known(number) => {
                let choice = read(*number);
                if choice.is_none() {
                    self.0.push(Finding::error(
                        place.clone(),
                        RuleTitle::UnsupportedValue,
                        format!("{parameter} is {number}. Set it to {choices}."),
                    ));
                }
                choice
            }
        }
    }

    /// Checks a required `Integer` that counts something, so it cannot be negative.
    pub(crate) fn count(
        &mut self,
        given: &DraftValue<i64>,
        place: &ParameterPath,
        parameter: Parameter,
        need: &str,
    ) {
        self.integer(given, place, parameter, 0, need);
    }

    /// Checks a required `Integer`.
    pub(crate) fn integer(
        &mut self,
        given: &DraftValue<i64>,
        place: &ParameterPath,
        parameter: Parameter,
        min: i64,
        need: &str,
    ) {
        match given {
            DraftValue::Unknown => {}
            DraftValue::Null => self.missing(place, parameter, need),
            DraftValue::Known(value) if (min..=MAX_INTEGER).contains(value) => {}
            DraftValue::Known(value) => self.0.push(Finding::error(
                place.clone(),
                RuleTitle::IntegerOutOfRange,
                format!(
                    "{parameter} is {value}, but the API expects a 32-bit Integer ({}). Use a number from {min} to {MAX_INTEGER}.",
                    parameter.table()
                ),
            )),
        }
    }

    /// Returns the entries of a list that cannot be empty.
    pub(crate) fn non_empty<'a, T>(
        &mut self,
        given: &'a DraftValue<Vec<T>>,
        place: &ParameterPath,
        parameter: Parameter,
    ) -> Option<&'a [T]> {
        let need = match parameter {
            Parameter::Policy => {
                "A result policy (type 1) needs at least one entry with result, retry_number and call_interval (Tables 4 and 5)."
            }
            _ => "A retry policy needs at least one element (Tables 3 and 4).",
        };
        match given {
            DraftValue::Unknown => None,
            DraftValue::Null => {
                self.missing(place, parameter, need);
                None
            }
            DraftValue::Known(entries) if entries.is_empty() => {
                self.0.push(Finding::error(
                    place.clone(),
                    RuleTitle::EmptyList,
                    format!("{parameter} is an empty list. {need}"),
                ));
                None
            }
            DraftValue::Known(entries) => Some(entries),
        }
    }

    /// Returns an entry of a list, which cannot be null.
    pub(crate) fn entry<'a, T>(
        &mut self,
        given: &'a DraftValue<T>,
        place: &ParameterPath,
    ) -> Option<&'a T> {
        if given.is_null() {
            self.0.push(Finding::error(
                place.clone(),
                RuleTitle::NullInList,
                format!(
                    "{} is null. Remove it, or give it a value.",
                    place.snake_case()
                ),
            ));
        }
        given.value()
    }

    /// Reports a required value that is not set.
    pub(crate) fn missing(&mut self, place: &ParameterPath, parameter: Parameter, need: &str) {
        self.0.push(Finding::error(
            place.clone(),
            RuleTitle::MissingArgument,
            format!("{parameter} is not set. {need}"),
        ));
    }

    /// Checks a value that distinguishes the entries of a list.
    pub(crate) fn unique<K: Ord + fmt::Debug>(
        &mut self,
        seen: &mut BTreeMap<K, usize>,
        key: K,
        index: usize,
        place: &ParameterPath,
        parameter: Parameter,
    ) {
        let (list, entries) = match parameter {
            Parameter::Result => (Parameter::Policy, "entry"),
            _ => (Parameter::PolicyJson, "element"),
        };
        if let Some(first) = seen.get(&key) {
            let key = printable(&format!("{key:?}"), MAX_KEY);
            self.0.push(Finding::error(
                place.parameter(parameter),
                RuleTitle::DuplicateValue,
                format!(
                    "{parameter} is {key} here and in {list}[{first}], but each {entries} of {list} must have its own ({}). Merge the two, or change one.",
                    parameter.table()
                ),
            ));
        } else {
            seen.insert(key, index);
        }
    }
}
