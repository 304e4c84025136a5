//! Validation of a policy before it is sent. A violation of Tables 3 to 5 of the API reference is an
//! error, a probable mistake a warning.

mod build;
mod check;
mod checks;
mod draft;
mod finding;
mod title;

pub use self::build::DraftError;
pub use self::check::check;
pub use self::draft::{Draft, DraftElement, DraftResult, DraftValue};
pub use self::finding::{Finding, Severity};

/// Lists the titles of all findings.
pub(crate) fn titles() -> impl Iterator<Item = &'static str> {
    title::RuleTitle::ALL.iter().map(|title| title.text())
}

#[cfg(test)]
mod tests;
