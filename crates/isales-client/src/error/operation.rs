//! The operations that requests carry out.

use std::fmt;

use super::code::{self, CodeEntry, ErrorCode};
use crate::parameter::ParameterName;

/// An operation of the API: a verb and a noun for messages, whether it changes anything on the
/// server, and how its errors are explained. Each object's folder defines its own.
///
/// Displays as `set the retry policy`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    verb: &'static str,
    noun: &'static str,
    effect: Effect,
    codes: &'static [&'static [CodeEntry]],
    parameters: &'static [ParameterName],
}

/// The effect of an operation on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing, so a request can always be repeated.
    Read,
    /// Changes something, so the caller needs to know whether a lost request was carried out.
    Write,
}

/// Whether the server may have received a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sent {
    /// No part of it left this process.
    No,
    /// Some or all of it was handed to the connection.
    Maybe,
}

// === impl Operation ===

impl Operation {
    /// Creates an operation that changes nothing, such as `query`, `the retry policy`.
    pub(crate) const fn read(verb: &'static str, noun: &'static str) -> Self {
        Self::new(verb, noun, Effect::Read)
    }

    /// Creates an operation that changes something, such as `set`, `the retry policy`.
    pub(crate) const fn write(verb: &'static str, noun: &'static str) -> Self {
        Self::new(verb, noun, Effect::Write)
    }

    const fn new(verb: &'static str, noun: &'static str, effect: Effect) -> Self {
        Self {
            verb,
            noun,
            effect,
            codes: &[code::COMMON],
            parameters: &[],
        }
    }

    /// Sets the tables of the interface's error codes, in place of [`code::COMMON`]. The first
    /// entry of a code counts.
    pub(crate) const fn with_codes(self, codes: &'static [&'static [CodeEntry]]) -> Self {
        Self { codes, ..self }
    }

    /// Sets the parameters that the server may name in the description of an error, each after the
    /// parameters that may contain it.
    pub(crate) const fn with_parameters(self, parameters: &'static [ParameterName]) -> Self {
        Self { parameters, ..self }
    }

    /// Returns the effect on the server.
    #[must_use]
    pub const fn effect(&self) -> Effect {
        self.effect
    }

    /// Looks up a code of the interface.
    pub(super) fn code_entry(&self, code: &ErrorCode) -> &'static CodeEntry {
        self.entries()
            .find(|entry| entry.code == code.as_str())
            .unwrap_or(&code::UNKNOWN)
    }

    /// Finds the parameter that a description by the server names.
    pub(super) fn parameter_named_in(&self, description: &str) -> Option<ParameterName> {
        ParameterName::named_in(description, self.parameters)
    }

    /// Returns whether the server may have carried out a write whose request was sent or not.
    pub(super) const fn may_have_taken_effect(&self, sent: Sent) -> bool {
        matches!((self.effect, sent), (Effect::Write, Sent::Maybe))
    }

    /// Says that a write was sent and not confirmed; empty otherwise. Ends the text of an error.
    pub(super) const fn unconfirmed(&self, sent: Sent) -> &'static str {
        if self.may_have_taken_effect(sent) {
            " The request was sent but not confirmed: it may have taken effect on the server."
        } else {
            ""
        }
    }

    /// Ends the sentence that the request was cancelled.
    pub(super) const fn cancelled(&self, sent: Sent) -> &'static str {
        match (self.effect, sent) {
            (Effect::Write, Sent::No) => " before it was sent. Nothing has changed on the server.",
            (Effect::Write, Sent::Maybe) => {
                " after it was sent and before it was confirmed. Run again to see whether it has taken effect on the server."
            }
            (Effect::Read, _) => ". Run again to complete it.",
        }
    }

    /// Returns the titles of the interface's error codes.
    pub(crate) fn titles(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.entries().map(|entry| entry.title)
    }

    /// Returns the interface's error codes.
    pub(crate) fn result_codes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.entries().map(|entry| entry.code)
    }

    fn entries(&self) -> impl Iterator<Item = &'static CodeEntry> + use<> {
        self.codes.iter().copied().flatten()
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.noun)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operation({self})")
    }
}
