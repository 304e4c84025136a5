//! The retry policy document: Tables 3 to 5 of the API reference.
//!
//! [`RetryPolicy`] is the typed model. [`encode`] writes it in the form of the API's examples,
//! [`decode`] reads the replies of every generation of the API, [`equivalent`] compares by meaning,
//! and [`rules`] validates a [`Draft`], which may contain values that are not known yet.

mod calls;
mod codes;
pub mod decode;
pub mod encode;
mod equality;
#[cfg(test)]
pub(crate) mod examples;
mod model;
pub(crate) mod parameter;
#[cfg(test)]
mod properties;
pub mod pseudo_json;
pub mod rules;

pub(crate) use self::calls::OPERATIONS;
pub use self::{
    calls::{PolicyLookup, path},
    decode::{
        CodesForm, CommonLayoutForm, DecodeError, DecodeProblem, IntegerForm, JsonForm,
        NoRetryPlace, PolicyForms, PolicyMemberForm, StoredPolicy, UnknownMembers,
        decode_policy_json, unread_members,
    },
    equality::{equivalent, spelled_as},
    model::{
        CommonRule, DataType, PolicyElement, PolicyType, ResultCode, ResultRule, RetryPolicy, Rule,
        RuleType,
    },
    parameter::Parameter,
    pseudo_json::SyntaxError,
    rules::{Draft, DraftElement, DraftError, DraftResult, DraftValue, Finding, Severity, check},
};
pub use crate::config::{CommonPolicyLayout, Encoding, Quotes};
