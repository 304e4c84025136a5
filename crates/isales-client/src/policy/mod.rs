//! The retry policy document: Tables 3 to 5 of the API reference.
//!
//! [`RetryPolicy`] is the typed model. [`encode`] writes it as the API's examples are written,
//! [`decode`] reads what any generation of the API answers, [`equivalent`] compares by meaning,
//! and [`rules`] judges a [`Draft`] that may hold values not known yet.

pub mod decode;
pub mod encode;
mod equality;
#[cfg(test)]
pub(crate) mod examples;
pub mod lenient;
mod model;
#[cfg(test)]
mod properties;
pub mod rules;

pub use decode::{DecodeError, decode_policy_json};
pub use encode::{CommonPolicyLayout, Encoding, Quotes};
pub use equality::equivalent;
pub use lenient::{SyntaxError, Tolerance};
pub use model::{
    CommonRule, DataType, PolicyElement, PolicyType, ResultCode, ResultRule, RetryPolicy, Rule,
    RuleType,
};
pub use rules::{Draft, DraftElement, DraftError, DraftResult, Finding, Given, Severity, check};
