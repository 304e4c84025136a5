//! Rules for the known value of one attribute.

use std::{fmt, ops::RangeInclusive, sync::Arc};

use crate::value::Value;

type Rule = dyn Fn(&Value) -> Result<(), String> + Send + Sync;

/// A rule for values that are known and not null.
#[derive(Clone)]
pub struct Validator(Arc<Rule>);

// === impl Validator ===

impl Validator {
    /// Creates a rule. Its error is a sentence that says what was found and what to do about it.
    pub fn new(rule: impl Fn(&Value) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(rule))
    }

    /// Requires an integer within a range.
    pub fn between(range: RangeInclusive<i64>) -> Self {
        Self::new(move |value| match value {
            Value::Number(number) if number.to_i64().is_some_and(|n| range.contains(&n)) => Ok(()),
            Value::Number(number) => Err(format!(
                "The value must be a whole number from {} to {}; {number} is not.",
                range.start(),
                range.end()
            )),
            _ => Ok(()),
        })
    }

    /// Requires a positive integer of at most 64 bits.
    pub fn positive() -> Self {
        Self::between(1..=i64::MAX)
    }

    /// Requires one of several strings.
    pub fn one_of(choices: &'static [&'static str]) -> Self {
        Self::new(move |value| match value {
            Value::String(text) if !choices.contains(&text.as_str()) => {
                let choices: Vec<_> = choices.iter().map(|one| format!("{one:?}")).collect();
                Err(format!(
                    "The value must be one of {}; {text:?} is not.",
                    choices.join(", ")
                ))
            }
            _ => Ok(()),
        })
    }

    /// Requires a string of at least one character.
    pub fn not_empty() -> Self {
        Self::new(|value| match value {
            Value::String(text) if text.is_empty() => {
                Err("The value must not be empty. Set it, or omit the argument.".to_owned())
            }
            _ => Ok(()),
        })
    }

    /// Requires a string of at most `most` characters.
    pub fn at_most_characters(most: usize) -> Self {
        Self::new(move |value| match value {
            Value::String(text) => match text.chars().count() {
                length if length > most => Err(format!(
                    "The value must have at most {most} characters; this one has {length}."
                )),
                _ => Ok(()),
            },
            _ => Ok(()),
        })
    }

    /// Requires a list or a set of at least one element.
    pub fn at_least_one() -> Self {
        Self::new(|value| match value {
            Value::List(elements) | Value::Set(elements) if elements.is_empty() => {
                Err("The value must have at least one element.".to_owned())
            }
            _ => Ok(()),
        })
    }

    /// Requires each element of a list or a set to be set, and to follow a rule as far as it is known.
    pub fn each(rule: Self) -> Self {
        Self::new(move |value| match value {
            Value::List(elements) | Value::Set(elements) => {
                elements.iter().try_for_each(|element| match element {
                    Value::Null => {
                        Err("An element is null. Remove it, or give it a value.".to_owned())
                    }
                    Value::Unknown => Ok(()),
                    known => rule.check(known),
                })
            }
            _ => Ok(()),
        })
    }

    /// Requires a string without any of these characters.
    pub fn without_characters(characters: &'static str) -> Self {
        Self::new(move |value| match value {
            Value::String(text) => match text.chars().find(|c| characters.contains(*c)) {
                Some(found) => {
                    let all: Vec<_> = characters.chars().map(String::from).collect();
                    Err(format!(
                        "The value must not contain {found} as in {text:?}. These characters are \
                         not allowed: {}",
                        all.join(" ")
                    ))
                }
                None => Ok(()),
            },
            _ => Ok(()),
        })
    }

    /// Validates a value.
    ///
    /// # Errors
    /// The value violates the rule; the error is a sentence.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        self.0(value)
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Validator")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_takes_whole_numbers_alone() {
        let rule = Validator::between(1..=9999);
        assert!(rule.check(&9999.into()).is_ok());
        let half = Value::Number("1.5".parse().unwrap());
        assert_eq!(
            rule.check(&half),
            Err("The value must be a whole number from 1 to 9999; 1.5 is not.".to_owned())
        );
        assert!(rule.check(&10_000.into()).is_err());
    }

    #[test]
    fn the_range_of_positive_is_named_in_full() {
        let most: Value = Value::Number("9223372036854775808".parse().unwrap());
        assert_eq!(
            Validator::positive().check(&most),
            Err(
                "The value must be a whole number from 1 to 9223372036854775807; \
                 9223372036854775808 is not."
                    .to_owned()
            )
        );
    }

    #[test]
    fn a_text_is_measured_in_characters() {
        let rule = Validator::at_most_characters(2);
        assert!(rule.check(&"üß".into()).is_ok());
        assert!(rule.check(&"abc".into()).is_err());
        assert!(Validator::not_empty().check(&"".into()).is_err());
    }

    #[test]
    fn elements_are_counted_and_checked_as_far_as_they_are_known() {
        let rule = Validator::each(Validator::not_empty());
        let list = |elements: &[Value]| Value::List(elements.to_vec());
        assert!(rule.check(&list(&["a".into(), Value::Unknown])).is_ok());
        assert!(rule.check(&Value::set(["a".into(), "".into()])).is_err());
        assert!(rule.check(&list(&[Value::Null])).is_err());
        assert!(rule.check(&list(&[])).is_ok());
        assert!(Validator::at_least_one().check(&list(&[])).is_err());
        let unknown = list(&[Value::Unknown]);
        assert!(Validator::at_least_one().check(&unknown).is_ok());
    }

    #[test]
    fn a_character_that_is_not_allowed_is_named() {
        let rule = Validator::without_characters("<>/");
        assert!(rule.check(&"a-b".into()).is_ok());
        assert_eq!(
            rule.check(&"a/b".into()),
            Err(
                "The value must not contain / as in \"a/b\". These characters are not allowed: < > /"
                    .to_owned()
            )
        );
    }

    #[test]
    fn a_choice_names_the_choices() {
        let rule = Validator::one_of(&["single", "double"]);
        assert!(rule.check(&"double".into()).is_ok());
        assert_eq!(
            rule.check(&"none".into()),
            Err(r#"The value must be one of "single", "double"; "none" is not."#.to_owned())
        );
    }
}
