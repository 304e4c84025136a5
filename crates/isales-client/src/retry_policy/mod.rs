//! The retry policy document: Tables 3 to 5 of the API reference.
//!
//! [`RetryPolicy`] is the typed model. [`encode`] writes it as the API's examples are written,
//! [`decode`] reads what any generation of the API answers, [`equivalent`] compares by meaning,
//! and [`rules`] judges a [`Draft`] that may hold values not known yet.

mod calls;
pub mod decode;
pub mod encode;
mod equality;
#[cfg(test)]
pub(crate) mod examples;
mod model;
#[cfg(test)]
mod properties;
pub mod pseudo_json;
pub mod rules;

pub use self::{
    calls::PolicyLookup,
    decode::{DecodeError, StoredPolicy, decode_policy_json},
    encode::{CommonPolicyLayout, Encoding, Quotes},
    equality::equivalent,
    model::{
        CommonRule, DataType, PolicyElement, PolicyType, ResultCode, ResultRule, RetryPolicy, Rule,
        RuleType,
    },
    pseudo_json::{SyntaxError, Tolerance},
    rules::{Draft, DraftElement, DraftError, DraftResult, DraftValue, Finding, Severity, check},
};
