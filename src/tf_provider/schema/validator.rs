//! Rules for the known value of one attribute.

use std::{fmt, ops::RangeInclusive, sync::Arc};

use crate::tf_provider::value::Value;

type Rule = dyn Fn(&Value) -> Result<(), String> + Send + Sync;

/// A rule for a value that is known and not null. Its complaint is a whole sentence.
#[derive(Clone)]
pub struct Validator(Arc<Rule>);

// === impl Validator ===

impl Validator {
    /// Any rule; the error is a sentence that says what was found and what to do.
    pub fn new(rule: impl Fn(&Value) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(rule))
    }

    /// A whole number in a range.
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

    /// A whole number of at least `least`.
    pub fn at_least(least: i64) -> Self {
        Self::new(move |value| match value {
            Value::Number(number) if number.to_i64().is_some_and(|n| n >= least) => Ok(()),
            Value::Number(number) => Err(format!(
                "The value must be a whole number of {least} or more; {number} is not."
            )),
            _ => Ok(()),
        })
    }

    /// One of some texts.
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

    /// A list, set or map with at least one element.
    pub fn not_empty() -> Self {
        Self::new(|value| match value {
            Value::List(elements) | Value::Set(elements) if elements.is_empty() => {
                Err("At least one element is needed.".to_owned())
            }
            Value::Map(entries) if entries.is_empty() => {
                Err("At least one element is needed.".to_owned())
            }
            _ => Ok(()),
        })
    }

    /// Judges a value.
    ///
    /// # Errors
    /// The rule's complaint.
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
    fn a_choice_names_the_choices() {
        let rule = Validator::one_of(&["single", "double"]);
        assert!(rule.check(&"double".into()).is_ok());
        assert_eq!(
            rule.check(&"none".into()),
            Err(r#"The value must be one of "single", "double"; "none" is not."#.to_owned())
        );
    }
}
