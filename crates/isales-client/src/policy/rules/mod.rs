//! Validation of a policy before it is sent: what Tables 3 to 5 of the API reference state or
//! imply is an error, what is only likely to be wrong a warning.

mod check;
mod complete;
mod draft;
mod finding;
mod findings;

pub use check::check;
pub use complete::DraftError;
pub use draft::{Draft, DraftElement, DraftResult, Given};
pub use finding::{Finding, Severity};

#[cfg(test)]
mod tests;
