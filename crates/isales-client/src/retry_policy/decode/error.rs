//! Errors of a document that cannot be read, each with its place.

use crate::{
    parameter::ParameterPath,
    retry_policy::{parameter::Parameter, pseudo_json::SyntaxError},
};

/// A policy that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", self.name())]
pub struct DecodeError {
    /// Where in the reply the document stands, such as `returnObject`; empty for `data`, and for a
    /// document that is no part of a reply.
    pub document: String,
    /// Where in the document.
    pub place: ParameterPath,
    /// The problem there.
    pub problem: DecodeProblem,
}

/// The problem of a part of a policy document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    /// A string that should hold JSON does not.
    #[error("not JSON: {0}")]
    Syntax(SyntaxError),
    /// A value that the document cannot do without.
    #[error("missing")]
    Missing,
    /// A value of another kind than expected.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// The expected type or value.
        expected: &'static str,
        /// The type that was found, or a short number.
        found: String,
    },
    /// A value that is given more than once, and not the same each time.
    #[error("given more than once: {0}")]
    Contradictory(String),
    /// A member that no table of the API reference has.
    #[error("there is no member \"{name}\" here; the members are {}", listed(.known))]
    UnknownMember {
        /// Its name, escaped and cut short.
        name: String,
        /// The members that there are.
        known: &'static [Parameter],
    },
    /// A member that belongs to the other type of rule.
    #[error("given, but it has no meaning where type is {rule_type}")]
    OtherType {
        /// The type of the rule that it stands in.
        rule_type: i64,
    },
    /// A character was replaced because the text could not be decoded.
    #[error("a character was lost because the text is not in the encoding that it should be in")]
    LostCharacter,
    /// Something that looks like a policy, but not where one belongs.
    #[error("found here, but a retry policy is expected as policyType and policyJson, under data")]
    Misplaced,
}

// === impl DecodeError ===

impl DecodeError {
    /// Names the place: the document as a whole is the member of the reply that holds it.
    fn name(&self) -> String {
        match (self.document.as_str(), self.place.0.is_empty()) {
            ("", true) => "data".to_owned(),
            ("", false) => self.place.to_string(),
            (document, true) => document.to_owned(),
            (document, false) => format!("{document}.{}", self.place),
        }
    }
}

fn listed(known: &[Parameter]) -> String {
    let names: Vec<_> = known.iter().map(|parameter| parameter.api_name()).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{} and {last}", others.join(", "))
        }
        _ => names.join(""),
    }
}
