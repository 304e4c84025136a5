//! Validation of a policy before it is sent: what Tables 3 to 5 of the API reference state or
//! imply is an error, what is only likely to be wrong a warning.

mod build;
mod check;
mod checks;
mod draft;
mod finding;

pub use self::build::DraftError;
pub use self::check::check;
pub use self::draft::{Draft, DraftElement, DraftResult, DraftValue};
pub use self::finding::{Finding, Severity};

#[cfg(test)]
mod tests;
