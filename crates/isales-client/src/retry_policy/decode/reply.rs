//! Finds the retry policy in a reply.
//!
//! The reference has it under `data`. A server that puts it elsewhere must not be taken for one
//! without a policy: the object would leave the state, and the next plan would set it again.

use serde_json::{Map, Value};

use super::{
    DecodeError, DecodeProblem, StoredPolicy, document,
    fields::{error, is_blank, is_damaged, is_name_of, is_spelling_of, unexpected},
    lookalike::{is_harmless, is_mark, is_named_like_a_policy, is_unset, names_a_mark},
    policy_type,
};
use crate::{
    parameter::ParameterPath,
    retry_policy::{equivalent, parameter::Parameter, pseudo_json},
};

/// The member of a reply that holds the answer.
const DATA: &str = "data";

/// Members of that purpose in other interfaces and products.
const PAYLOADS: [&str; 7] = [
    "returnObject",
    "returnData",
    "result",
    "response",
    "body",
    "payload",
    "content",
];

/// How deep in a reply a policy is looked for.
const MAX_DEPTH: usize = 8;

/// The longest name of a member that a message quotes: shorter than a part of a signature.
const MAX_QUOTED_NAME: usize = 24;

/// The purpose of a value in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It is the reply.
    Reply,
    /// It holds the answer, as the reference says.
    Data,
    /// It may hold the answer.
    Payload,
    /// Not known.
    Other,
}

/// The state of a search.
#[derive(Debug, Default)]
struct Search {
    found: Option<StoredPolicy>,
    /// The first place of something that looks like a policy and was not read.
    suspect: Option<String>,
}

/// Reads the reply to a query (API reference, query of the retry policy).
///
/// None means that the campaign has no policy: `data` or its `policyJson` is null, absent or empty,
/// and nothing else in the reply looks like a policy.
///
/// # Errors
///
/// [`DecodeError`] with the place of the first value that cannot be read.
pub fn decode_reply(reply: &Map<String, Value>) -> Result<Option<StoredPolicy>, DecodeError> {
    let mut search = Search::default();
    search.object(reply, "", Role::Reply, MAX_DEPTH)?;
    search.result()
}

/// Reads the `data` of a reply.
///
/// # Errors
///
/// As for [`decode_reply`].
pub fn decode_data(data: &Value) -> Result<Option<StoredPolicy>, DecodeError> {
    let mut search = Search::default();
    search.value(data, DATA, Role::Data, MAX_DEPTH)?;
    search.result()
}

// === impl Role ===

impl Role {
    /// Returns the role of a member of a value with this role.
    fn of_member(self, name: &str) -> Self {
        match self {
            Self::Reply if is_spelling_of(name, DATA) => Self::Data,
            Self::Reply if PAYLOADS.iter().any(|payload| is_spelling_of(name, payload)) => {
                Self::Payload
            }
            _ => Self::Other,
        }
    }
}

// === impl Search ===

impl Search {
    fn result(self) -> Result<Option<StoredPolicy>, DecodeError> {
        match (self.found, self.suspect) {
            (Some(found), _) => Ok(Some(found)),
            (None, Some(place)) => Err(at(&place, DecodeProblem::Misplaced)),
            (None, None) => Ok(None),
        }
    }

    fn value(
        &mut self,
        value: &Value,
        place: &str,
        role: Role,
        depth: usize,
    ) -> Result<(), DecodeError> {
        let Some(depth) = depth.checked_sub(1) else {
            if matches!(value, Value::Array(_) | Value::Object(_)) {
                self.suspect(place);
            }
            return Ok(());
        };
        match value {
            nothing if is_blank(nothing) => Ok(()),
            Value::Object(members) => self.object(members, place, role, depth),
            Value::Array(entries) => match entries.as_slice() {
                [entry] => self.value(entry, place, role, depth),
                _ if role == Role::Data => Err(not_an_object(value)),
                entries => {
                    self.entries(entries, place, role, depth);
                    Ok(())
                }
            },
            Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
                match pseudo_json::parse(text) {
                    Ok(value) => self.value(&value, place, role, depth),
                    Err(error) if role == Role::Data => {
                        Err(at(place, DecodeProblem::Syntax(error)))
                    }
                    Err(_) => {
                        if names_a_mark(text) {
                            self.suspect(place);
                        }
                        Ok(())
                    }
                }
            }
            other if role == Role::Data => Err(not_an_object(other)),
            _ => Ok(()),
        }
    }

    /// Entries of a list with more than one: which of them would be the campaign's is not known.
    fn entries(&mut self, entries: &[Value], place: &str, role: Role, depth: usize) {
        for (index, entry) in entries.iter().enumerate() {
            let mut search = Self::default();
            let place = format!("{place}[{index}]");
            let read = search.value(entry, &place, role, depth);
            if read.is_err() || search.found.is_some() || search.suspect.is_some() {
                self.suspect(&place);
            }
        }
    }

    fn object(
        &mut self,
        members: &Map<String, Value>,
        place: &str,
        role: Role,
        depth: usize,
    ) -> Result<(), DecodeError> {
        let is_answer = matches!(role, Role::Data | Role::Payload);
        let is_document = members
            .keys()
            .any(|name| is_name_of(name, Parameter::PolicyJson));
        if members.keys().any(|name| is_damaged(name)) {
            if role != Role::Other {
                return Err(at(place, DecodeProblem::LostCharacter));
            }
            self.suspect(place);
        }
        // The member that the reference names is read first, because it prevails.
        let (data, others): (Vec<_>, Vec<_>) = members
            .iter()
            .partition(|(name, _)| role.of_member(name) == Role::Data);
        for (name, value) in data {
            self.value(value, &join(place, name), Role::Data, depth)?;
        }
        if is_document {
            self.document(members, place, role)?;
        } else if is_answer && self.found.is_none() {
            // An unknown type without a policy is not a known form of an answer.
            policy_type(members).map_err(|error| in_document(place, error))?;
        }
        for (name, value) in others {
            if is_harmless(name) || is_unset(value) {
                continue;
            }
            let is_mark = is_mark(name);
            let place = join(place, name);
            if is_document && is_mark {
                continue;
            }
            self.value(value, &place, role.of_member(name), depth)?;
            if !is_document && (is_mark || is_answer || is_named_like_a_policy(name, value)) {
                self.suspect(&place);
            }
        }
        Ok(())
    }

    fn document(
        &mut self,
        members: &Map<String, Value>,
        place: &str,
        role: Role,
    ) -> Result<(), DecodeError> {
        let read = document(members).map_err(|error| in_document(place, error));
        match (&self.found, read) {
            // Whatever an unknown member holds, it is not the policy that was found already.
            (Some(_), _) if role == Role::Other => Ok(()),
            (_, Err(error)) => Err(error),
            (_, Ok(None)) => Ok(()),
            (Some(found), Ok(Some(other))) => {
                if equivalent(&found.policy, &other.policy) {
                    return Ok(());
                }
                let problem = "different policies in different members of the reply".to_owned();
                let policy_json = ParameterPath::default().parameter(Parameter::PolicyJson);
                let error = error(&policy_json, DecodeProblem::Contradictory(problem));
                Err(in_document(place, error))
            }
            (None, Ok(found)) => {
                self.found = found;
                Ok(())
            }
        }
    }

    fn suspect(&mut self, place: &str) {
        self.suspect.get_or_insert_with(|| place.to_owned());
    }
}

fn not_an_object(value: &Value) -> DecodeError {
    unexpected(&ParameterPath::default(), "an object", value)
}

fn at(place: &str, problem: DecodeProblem) -> DecodeError {
    in_document(place, error(&ParameterPath::default(), problem))
}

/// Adds where the document stands; `data` goes without saying.
fn in_document(place: &str, error: DecodeError) -> DecodeError {
    let document = if place == DATA { "" } else { place };
    DecodeError {
        document: document.to_owned(),
        ..error
    }
}

/// Appends a name that the server chose. A message quotes only one that is too short and plain to
/// hold a secret.
fn join(place: &str, name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name = if name.len() <= MAX_QUOTED_NAME && name.chars().all(is_plain) {
        name
    } else {
        "(a member)"
    };
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}
